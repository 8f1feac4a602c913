package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The fields of the containers of the pod in a request to Kubernetes, for each of a pod's three lists of
/// containers.
///
/// With an index they are of that container, and absent if it lacks them; without, of all that have them.
final class K8sContainerFields {

    private static final List<String> SPEC = List.of("requestObject", "spec");
    private static final String CONTEXT = "securityContext";

    private final DocumentExtractors.Builder fields = new DocumentExtractors.Builder();
    private final String list;
    private final String prefix;

    private K8sContainerFields(String list) {
        this.list = list;
        prefix = "ka.req.pod." + list + ".";
    }

    /// The extractors of these fields, by field.
    static Map<String, Function<FieldReference, DocumentExtractor>> extractors() {
        DocumentExtractors.Builder all = new DocumentExtractors.Builder();
        K8sContainerFields containers = new K8sContainerFields("containers");
        containers.first();
        containers.ports();
        K8sContainerFields initial = new K8sContainerFields("initContainers");
        initial.ports();
        all.addAll(containers.ofList());
        all.addAll(initial.ofList());
        all.addAll(new K8sContainerFields("ephemeralContainers").ofList());
        return all.build();
    }

    private Map<String, Function<FieldReference, DocumentExtractor>> ofList() {
        add("name", K8sContainerFields::all, "name");
        add("image", K8sContainerFields::all, "image");
        add("image.repository", K8sContainerFields::repositories, "image");
        add("command", K8sContainerFields::words, "command");
        add("args", K8sContainerFields::words, "args");
        add("privileged", K8sContainerFields::known, CONTEXT, "privileged");
        add("allow_privilege_escalation", K8sContainerFields::known, CONTEXT, "allowPrivilegeEscalation");
        add("read_only_fs", K8sContainerFields::known, CONTEXT, "readOnlyRootFilesystem");
        add("run_as_user", K8sContainerFields::known, CONTEXT, "runAsUser");
        add("run_as_group", K8sContainerFields::known, CONTEXT, "runAsGroup");
        add("proc_mount", K8sContainerFields::known, CONTEXT, "procMount");
        add(
                "add_capabilities",
                (event, nodes) -> K8sAuditFields.flat(event, nodes, true),
                CONTEXT,
                "capabilities",
                "add");
        effective("eff_run_as_user", "runAsUser");
        effective("eff_run_as_group", "runAsGroup");
        return fields.build();
    }

    private void ports() {
        add("host_port", K8sContainerFields::hostPorts, "ports");
    }

    /// The old fields of the first container, or of any.
    private void first() {
        JsonPath image = JsonPath.of("requestObject", "spec", "containers", "0", "image");
        fields.add("ka.req.container.image", K8sAuditFields.guarded(event -> event.written(image)));
        fields.add("ka.req.container.image.repository", K8sAuditFields.guarded(event -> {
            String text = event.written(image);
            return text == null ? null : repository(text);
        }));
        JsonPaths flags = JsonPaths.ofAll(path(CONTEXT, "privileged"));
        fields.add("ka.req.container.privileged", K8sAuditFields.guarded(event -> {
            JsonNodes nodes = event.all(flags);
            return nodes == null ? null : Boolean.toString(anyTrue(event.document(), nodes));
        }));
    }

    /// What a field makes of the values found; null: absent.
    @FunctionalInterface
    private interface Reading {
        @Nullable
        List<String> of(CurrentDocument event, JsonNodes nodes);
    }

    private List<String> path(String... names) {
        return Stream.of(SPEC.stream(), Stream.of(list), Stream.of(names))
                .flatMap(steps -> steps)
                .toList();
    }

    private void add(String field, Reading reading, String... names) {
        List<String> path = path(names);
        fields.make(prefix + field, reference -> {
            JsonPaths paths = JsonPaths.of(reference, path);
            return K8sAuditFields.guarded(event -> {
                JsonNodes nodes = event.all(paths);
                return nodes == null ? null : reading.of(event, nodes);
            });
        });
    }

    /// What the container says, or else the pod, or else 0.
    private void effective(String field, String name) {
        List<String> containers = path();
        JsonPath own = JsonPath.of(CONTEXT, name);
        JsonPath pod = JsonPath.of("requestObject", "spec", CONTEXT, name);
        fields.make(prefix + field, reference -> {
            JsonPaths paths = JsonPaths.of(reference, containers);
            return K8sAuditFields.guarded(event -> {
                JsonNodes nodes = event.elements(paths);
                String ofPod = event.text(pod);
                return nodes == null ? null : effective(event.document(), nodes, own, ofPod == null ? "0" : ofPod);
            });
        });
    }

    private static List<String> effective(JsonDocument document, JsonNodes containers, JsonPath own, String ofPod) {
        return containers.texts(container -> {
            String text = document.text(document.at(container, own));
            return text == null ? ofPod : text;
        });
    }

    /// The values of the containers that have one.
    private static List<String> known(CurrentDocument event, JsonNodes nodes) {
        return nodes.texts(event.document()::written);
    }

    /// The values of all containers; absent if one has none.
    private static @Nullable List<String> all(CurrentDocument event, JsonNodes nodes) {
        List<String> texts = known(event, nodes);
        return texts.size() == nodes.size() ? texts : null;
    }

    private static @Nullable List<String> repositories(CurrentDocument event, JsonNodes nodes) {
        List<String> images = all(event, nodes);
        return images == null
                ? null
                : images.stream().map(K8sContainerFields::repository).toList();
    }

    /// What is before the first colon or at sign, as in Falco: the port of a registry is taken for a tag.
    private static String repository(String image) {
        int end = image.length();
        for (int i = 0; i < end; i++) {
            if (image.charAt(i) == ':' || image.charAt(i) == '@') {
                return image.substring(0, i);
            }
        }
        return image;
    }

    /// A text of each array of words; absent if anything else is among them.
    private static @Nullable List<String> words(CurrentDocument event, JsonNodes nodes) {
        JsonDocument document = event.document();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) >= 0) {
                String text = words(document, nodes.get(i));
                if (text == null) {
                    return null;
                }
                texts.add(text);
            }
        }
        return texts;
    }

    private static @Nullable String words(JsonDocument document, int array) {
        if (!document.is(array, JsonDocument.Kind.ARRAY)) {
            return null;
        }
        List<String> words = new ArrayList<>();
        for (int word = document.firstChild(array); word >= 0; word = document.next(word)) {
            if (!document.is(word, JsonDocument.Kind.STRING)) {
                return null;
            }
            words.add(String.valueOf(document.text(word)));
        }
        return String.join(" ", words);
    }

    /// The port of the node of each port, or else that of the container, which is the node's with `hostNetwork`.
    private static @Nullable List<String> hostPorts(CurrentDocument event, JsonNodes nodes) {
        JsonDocument document = event.document();
        List<String> ports = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            int array = nodes.get(i);
            if (array >= 0 && !document.is(array, JsonDocument.Kind.ARRAY)) {
                return null;
            }
            for (int port = document.firstChild(array); port >= 0; port = document.next(port)) {
                int ofNode = document.member(port, "hostPort");
                String text = document.written(ofNode >= 0 ? ofNode : document.member(port, "containerPort"));
                if (text != null) {
                    ports.add(text);
                }
            }
        }
        return ports;
    }

    private static boolean anyTrue(JsonDocument document, JsonNodes nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            if (document.is(nodes.get(i), JsonDocument.Kind.TRUE)) {
                return true;
            }
        }
        return false;
    }
}
