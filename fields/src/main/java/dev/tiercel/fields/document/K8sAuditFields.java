package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.syscall.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of Kubernetes audit events (`audit.k8s.io/v1`, `Event`): class ka.
///
/// As Falco's plugin has them: a value that is no text is its JSON, and a document without `auditID` has none at
/// all. Three fields are what that plugin says of them, not what it does, because no rule could use that: effective
/// users and groups come from the security contexts, `ka.sourceips` from `sourceIPs`, and added capabilities are one
/// each.
final class K8sAuditFields implements DocumentFields {

    private static final JsonPath STAGE_TIME = JsonPath.of("stageTimestamp");
    private static final JsonPath RECEIVED = JsonPath.of("requestReceivedTimestamp");
    private static final JsonPath AUDIT_ID = JsonPath.of("auditID");
    private static final JsonPath RESOURCE = JsonPath.of("objectRef", "resource");
    private static final JsonPath SUBRESOURCE = JsonPath.of("objectRef", "subresource");
    private static final JsonPath POD_NAME = JsonPath.of("responseObject", "metadata", "name");
    private static final JsonPath SUBJECTS = JsonPath.of("requestObject", "subjects");
    private static final String REQUEST = "requestObject";
    private static final String SPEC = "spec";

    private final DocumentExtractors.Builder fields = new DocumentExtractors.Builder();

    @Override
    public String source() {
        return "k8s_audit";
    }

    @Override
    public String plugin() {
        return "k8saudit";
    }

    @Override
    public @Nullable Long moment(CurrentDocument event) {
        String written = event.text(STAGE_TIME);
        String time = written == null ? event.text(RECEIVED) : written;
        return time == null ? null : Moments.parse(time);
    }

    @Override
    public Map<String, Function<FieldReference, DocumentExtractor>> extractors() {
        return new K8sAuditFields().all();
    }

    private Map<String, Function<FieldReference, DocumentExtractor>> all() {
        request();
        target();
        annotations();
        bindings();
        roles();
        pods();
        volumes();
        response();
        fields.addAll(K8sContainerFields.extractors());
        return fields.build();
    }

    private void request() {
        text("ka.auditid", "auditID");
        text("ka.stage", "stage");
        fields.add("ka.verb", headed(CurrentDocument::verb, "verb"));
        fields.add("ka.user.name", headed(CurrentDocument::actor, "user", "username"));
        list("ka.user.groups", "user", "groups");
        text("ka.impuser.name", "impersonatedUser", "username");
        text("ka.useragent", "userAgent");
        fields.make("ka.sourceips", reference -> elements(reference, "sourceIPs"));
        text("ka.uri", "requestURI");
        fields.make("ka.uri.param", reference -> parameter(reference.argument()));
    }

    private void target() {
        text("ka.target.name", "objectRef", "name");
        text("ka.target.namespace", "objectRef", "namespace");
        text("ka.target.resource", "objectRef", "resource");
        text("ka.target.subresource", "objectRef", "subresource");
        fields.add("ka.target.pod.name", K8sAuditFields::podName);
        text("ka.req.configmap.name", "objectRef", "name");
        text("ka.req.configmap.obj", REQUEST, "data");
        text("ka.req.service.type", REQUEST, SPEC, "type");
        fields.make(
                "ka.req.service.ports", reference -> values(JsonPaths.of(reference, List.of(REQUEST, SPEC, "ports"))));
    }

    private void annotations() {
        text("ka.auth.decision", "annotations", "authorization.k8s.io/decision");
        text("ka.auth.reason", "annotations", "authorization.k8s.io/reason");
        text("ka.auth.openshift.decision", "annotations", "authentication.openshift.io/decision");
        text("ka.auth.openshift.username", "annotations", "authentication.openshift.io/username");
        text(
                "ka.validations.admission.policy.failure",
                "annotations",
                "validation.policy.admission.k8s.io/validation_failure");
        text("ka.security.pod.violations", "annotations", "pod-security.kubernetes.io/audit-violations");
        fields.add("ka.cluster.name", headed(CurrentDocument::origin, "annotations", "cluster_name"));
    }

    private void bindings() {
        list("ka.req.binding.subjects", REQUEST, "subjects");
        text("ka.req.binding.role", REQUEST, "roleRef", "name");
        add("ka.req.binding.subject.has_name", _ -> "true");
        add("ka.req.binding.subjects.user_names", event -> subjects(event, "User", false));
        add("ka.req.binding.subjects.group_names", event -> subjects(event, "Group", false));
        add("ka.req.binding.subjects.serviceaccount_names", event -> subjects(event, "ServiceAccount", false));
        add("ka.req.binding.subjects.serviceaccount_ns_names", event -> subjects(event, "ServiceAccount", true));
    }

    private void roles() {
        list("ka.req.role.rules", REQUEST, "rules");
        for (String part : List.of("apiGroups", "nonResourceURLs", "verbs", "resources")) {
            fields.make("ka.req.role.rules." + part, reference -> {
                JsonPaths parts = JsonPaths.of(reference, List.of(REQUEST, "rules", part));
                return guarded(event -> flat(event, event.all(parts), false));
            });
        }
    }

    private void pods() {
        text("ka.req.pod.host_ipc", REQUEST, SPEC, "hostIPC");
        text("ka.req.pod.host_network", REQUEST, SPEC, "hostNetwork");
        text("ka.req.container.host_network", REQUEST, SPEC, "hostNetwork");
        text("ka.req.pod.host_pid", REQUEST, SPEC, "hostPID");
        text("ka.req.pod.run_as_user", REQUEST, SPEC, "securityContext", "runAsUser");
        text("ka.req.pod.run_as_group", REQUEST, SPEC, "securityContext", "runAsGroup");
        text("ka.req.pod.fs_group", REQUEST, SPEC, "securityContext", "fsGroup");
        list("ka.req.pod.supplemental_groups", REQUEST, SPEC, "securityContext", "supplementalGroups");
    }

    private void volumes() {
        List<String> volumes = List.of(REQUEST, SPEC, "volumes");
        List<String> paths = List.of(REQUEST, SPEC, "volumes", "hostPath", "path");
        List<String> drivers = List.of(REQUEST, SPEC, "volumes", "flexVolume", "driver");
        fields.make("ka.req.pod.volumes.hostpath", reference -> values(JsonPaths.of(reference, paths)));
        fields.make("ka.req.pod.volumes.flexvolume_driver", reference -> values(JsonPaths.of(reference, drivers)));
        fields.make("ka.req.pod.volumes.volume_type", reference -> {
            JsonPaths all = JsonPaths.of(reference, volumes);
            return guarded(event -> volumeTypes(event, event.elements(all)));
        });
        fields.make("ka.req.volume.hostpath", reference -> {
            JsonPaths all = JsonPaths.ofAll(paths);
            return guarded(event -> anyIs(event, event.all(all), reference.argument()));
        });
    }

    private void response() {
        text("ka.resp.name", "responseObject", "metadata", "name");
        text("ka.response.code", "responseStatus", "code");
        text("ka.response.reason", "responseStatus", "reason");
    }

    private void add(String field, DocumentExtractor extractor) {
        fields.add(field, guarded(extractor));
    }

    private void text(String field, String... path) {
        JsonPath way = JsonPath.of(path);
        add(field, event -> event.written(way));
    }

    private void list(String field, String... path) {
        JsonPath way = JsonPath.of(path);
        add(field, event -> array(event, event.at(way)));
    }

    /// A field that the header has, or else the document.
    private static DocumentExtractor headed(DocumentExtractor header, String... path) {
        JsonPath way = JsonPath.of(path);
        DocumentExtractor body = guarded(event -> event.written(way));
        return event -> {
            Object known = header.of(event);
            return known == null ? body.of(event) : known;
        };
    }

    /// An extractor that finds nothing in a document that is no audit event.
    static DocumentExtractor guarded(DocumentExtractor extractor) {
        return event -> event.has(AUDIT_ID) ? extractor.of(event) : null;
    }

    private static DocumentExtractor values(JsonPaths paths) {
        return guarded(event -> {
            JsonNodes nodes = event.all(paths);
            return nodes == null ? null : nodes.texts(event.document()::written);
        });
    }

    private static DocumentExtractor elements(FieldReference reference, String name) {
        JsonPaths paths = JsonPaths.of(reference, List.of(name));
        return guarded(event -> {
            JsonNodes nodes = event.elements(paths);
            return nodes == null ? null : nodes.texts(event.document()::written);
        });
    }

    /// The elements of an array; null: it is none.
    private static @Nullable List<String> array(CurrentDocument event, int array) {
        JsonDocument document = event.document();
        if (!document.is(array, JsonDocument.Kind.ARRAY)) {
            return null;
        }
        List<String> texts = new ArrayList<>(document.size(array));
        addElements(document, array, texts);
        return texts;
    }

    private static void addElements(JsonDocument document, int array, List<String> texts) {
        for (int child = document.firstChild(array); child >= 0; child = document.next(child)) {
            String text = document.written(child);
            if (text != null) {
                texts.add(text);
            }
        }
    }

    /// The elements of all arrays in one list; values that are no arrays count if `single`.
    static @Nullable List<String> flat(CurrentDocument event, @Nullable JsonNodes arrays, boolean single) {
        if (arrays == null) {
            return null;
        }
        JsonDocument document = event.document();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            int node = arrays.get(i);
            if (document.is(node, JsonDocument.Kind.ARRAY)) {
                addElements(document, node, texts);
            } else if (single && node >= 0) {
                texts.add(String.valueOf(document.written(node)));
            }
        }
        return texts;
    }

    private static DocumentExtractor parameter(String name) {
        JsonPath uri = JsonPath.of("requestURI");
        return guarded(event -> {
            String text = event.written(uri);
            return text == null ? null : UriQuery.parameter(text, name);
        });
    }

    private static @Nullable String podName(CurrentDocument event) {
        boolean pod = event.has(AUDIT_ID) && "pods".equals(event.text(RESOURCE));
        String part = pod ? event.text(SUBRESOURCE) : null;
        return pod && (part == null || part.isEmpty()) ? event.written(POD_NAME) : null;
    }

    /// Names of the subjects of a kind, `NAMESPACE:NAME` if `qualified`; null: the subjects are no array.
    private static @Nullable List<String> subjects(CurrentDocument event, String kind, boolean qualified) {
        int subjects = event.at(SUBJECTS);
        JsonDocument document = event.document();
        if (!document.is(subjects, JsonDocument.Kind.ARRAY)) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (int subject = document.firstChild(subjects); subject >= 0; subject = document.next(subject)) {
            String name = document.written(document.member(subject, "name"));
            String namespace = qualified ? document.written(document.member(subject, "namespace")) : "";
            if (name != null && namespace != null && kind.equals(document.written(document.member(subject, "kind")))) {
                names.add(qualified ? namespace + ":" + name : name);
            }
        }
        return names;
    }

    /// The members of volumes that say what they are: all but their names.
    private static @Nullable List<String> volumeTypes(CurrentDocument event, @Nullable JsonNodes volumes) {
        if (volumes == null) {
            return null;
        }
        JsonDocument document = event.document();
        List<String> types = new ArrayList<>();
        for (int i = 0; i < volumes.size(); i++) {
            for (int child = document.firstChild(volumes.get(i)); child >= 0; child = document.next(child)) {
                String name = document.name(child);
                if (name != null && !name.equals("name")) {
                    types.add(name);
                }
            }
        }
        return types;
    }

    /// Whether any value is `wanted`, or starts with it if it ends in `*`; null: there is nothing to compare.
    private static @Nullable String anyIs(CurrentDocument event, @Nullable JsonNodes values, String wanted) {
        if (values == null) {
            return null;
        }
        boolean prefix = wanted.endsWith("*");
        String start = wanted.substring(0, wanted.length() - (prefix ? 1 : 0));
        boolean any = values.texts(event.document()::written).stream()
                .anyMatch(value -> prefix ? value.startsWith(start) : value.equals(wanted));
        return any ? "true" : "false";
    }
}
