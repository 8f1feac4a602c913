package dev.tiercel.fields.syscall;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.schemas.ContainerView;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.KubernetesOwner;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Classes k8smeta and k8s: the pod in which it was done, as the API server knows it.
///
/// Fields of k8s that a container runtime knows are the runtime's, if it has told. Without a watched cluster all
/// others are absent. Fields of k8s that are lists in k8smeta are joined by commas, as in older versions of Falco.
final class KubernetesFields {
    static final String POD_NAME = "io.kubernetes.pod.name";
    static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    private static final String SANDBOX_ID = "io.kubernetes.sandbox.id";
    private static final String SEPARATOR = ", ";
    private static final int SHORT_ID = 12;

    /// Labels that tell the value of a field.
    private static final Map<String, String> LABELS = Map.of(
            "k8s.pod.name",
            POD_NAME,
            "k8s.ns.name",
            POD_NAMESPACE,
            "k8s.pod.id",
            CurrentEvent.POD_UID,
            "k8s.pod.uid",
            CurrentEvent.POD_UID);

    private final Extractors.Builder fields = new Extractors.Builder();

    private KubernetesFields() {}

    /// The extractors of these classes, by field.
    static Map<String, Function<FieldReference, Extractor>> extractors() {
        KubernetesFields all = new KubernetesFields();
        all.runtime();
        all.pod();
        all.namespace();
        all.owner("deployment", "Deployment");
        all.owner("rs", "ReplicaSet");
        all.owner("rc", "ReplicationController");
        all.services();
        return all.fields.build();
    }

    /// Whether the values of this field can change while its process does not.
    static boolean has(FieldReference reference) {
        return reference.field().name().startsWith("k8s");
    }

    /// Whether the value of this field for this event is the API server's to tell: the runtime cannot tell it, or has
    /// not.
    static boolean isFromCluster(String field, CurrentEvent source) {
        return switch (field) {
            case "k8s.pod.full_sandbox_id", "k8s.pod.sandbox_id" -> false;
            case "k8s.pod.ip" -> runtimeIp(source) == null;
            default -> {
                String label = LABELS.get(field);
                yield label == null || label(source, label) == null;
            }
        };
    }

    private void runtime() {
        runtime("k8s.pod.name", KubernetesObject::getName);
        runtime("k8s.ns.name", KubernetesObject::getNamespace);
        runtime("k8s.pod.id", KubernetesObject::getUid);
        runtime("k8s.pod.uid", KubernetesObject::getUid);
        fields.text("k8s.pod.full_sandbox_id", s -> label(s, SANDBOX_ID));
        fields.text("k8s.pod.sandbox_id", s -> shortened(label(s, SANDBOX_ID)));
        fields.text("k8s.pod.ip", KubernetesFields::ip);
    }

    /// A label that the runtime gives the containers of a pod, or what the API server says.
    private void runtime(String field, Function<KubernetesObject, String> read) {
        String label = Objects.requireNonNull(LABELS.get(field));
        fields.text(field, s -> {
            String known = label(s, label);
            return known == null ? ofPod(s, read) : known;
        });
    }

    private static @Nullable String label(CurrentEvent source, String name) {
        ContainerView container = source.container();
        return container == null ? null : container.labels().get(name);
    }

    private static @Nullable String shortened(@Nullable String id) {
        return id == null || id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }

    private static @Nullable String ip(CurrentEvent source) {
        String known = runtimeIp(source);
        return known == null ? ofPod(source, KubernetesObject::getIp) : known;
    }

    private static @Nullable String runtimeIp(CurrentEvent source) {
        ContainerView container = source.container();
        return container != null && container.labels().containsKey(POD_NAME) ? container.ip() : null;
    }

    private static @Nullable String ofPod(CurrentEvent source, Function<KubernetesObject, String> read) {
        KubernetesObject pod = source.pod();
        return pod == null ? null : orAbsent(read.apply(pod));
    }

    private static @Nullable String orAbsent(String value) {
        return value.isEmpty() ? null : value;
    }

    private void pod() {
        fields.text("k8smeta.pod.name", s -> ofPod(s, KubernetesObject::getName));
        fields.text("k8smeta.pod.uid", s -> ofPod(s, KubernetesObject::getUid));
        fields.text("k8smeta.pod.ip", s -> ofPod(s, KubernetesObject::getIp));
        labels("pod", (_, pod) -> pod.getLabels());
    }

    private void namespace() {
        fields.text("k8smeta.ns.name", s -> ofPod(s, KubernetesObject::getNamespace));
        both("ns", "uid", "id", (index, pod) -> {
            KubernetesObject namespace = index.namespaceOf(pod);
            return namespace == null ? null : namespace.getUid();
        });
        labels("ns", (index, pod) -> {
            KubernetesObject namespace = index.namespaceOf(pod);
            return namespace == null ? Map.of() : namespace.getLabels();
        });
    }

    private void owner(String name, String kind) {
        both(name, "name", "name", (index, pod) -> {
            KubernetesOwner owner = index.ownerOf(pod, kind);
            return owner == null ? null : owner.getName();
        });
        both(name, "uid", "id", (index, pod) -> {
            KubernetesOwner owner = index.ownerOf(pod, kind);
            return owner == null ? null : owner.getUid();
        });
        labels(name, (index, pod) -> {
            KubernetesOwner owner = index.ownerOf(pod, kind);
            return owner == null ? Map.of() : index.labels(owner.getUid());
        });
    }

    private void services() {
        lists("name", "name", (services, _) -> services.map(KubernetesObject::getName));
        lists("uid", "id", (services, _) -> services.map(KubernetesObject::getUid));
        lists(
                "label",
                "label",
                (services, key) -> services.map(KubernetesObject::getLabels)
                        .filter(labels -> labels.containsKey(key))
                        .map(labels -> labels.get(key)));
        lists(
                "labels",
                "labels",
                (services, _) -> services.map(KubernetesObject::getLabels).flatMap(KubernetesFields::pairs));
    }

    @FunctionalInterface
    private interface OfPod<T extends @Nullable Object> {
        T read(KubernetesIndex index, KubernetesObject pod);
    }

    @FunctionalInterface
    private interface OfServices {
        Stream<String> read(Stream<KubernetesObject> services, String argument);
    }

    /// A field of both classes, with its name in each.
    private void both(String object, String name, String oldName, OfPod<@Nullable String> read) {
        Extractor.TextReader text = s -> {
            KubernetesObject pod = s.pod();
            return pod == null ? null : read.read(s.kubernetes(), pod);
        };
        fields.text("k8smeta." + object + "." + name, text);
        fields.text("k8s." + object + "." + oldName, text);
    }

    private void labels(String object, OfPod<Map<String, String>> read) {
        Function<FieldReference, Extractor> one = reference -> Extractor.text(s -> {
            KubernetesObject pod = s.pod();
            return pod == null ? null : read.read(s.kubernetes(), pod).get(reference.argument());
        });
        fields.add("k8smeta." + object + ".label", one);
        fields.add("k8s." + object + ".label", one);
        lists("k8smeta." + object + ".labels", "k8s." + object + ".labels", s -> {
            KubernetesObject pod = s.pod();
            return pod == null ? Stream.of() : pairs(read.read(s.kubernetes(), pod));
        });
    }

    private void lists(String name, String oldName, OfServices read) {
        Function<FieldReference, Function<CurrentEvent, Stream<String>>> reader = reference -> s -> {
            KubernetesObject pod = s.pod();
            return pod == null ? Stream.of() : read.read(s.kubernetes().servicesOf(pod).stream(), reference.argument());
        };
        fields.add("k8smeta.svc." + name, reference -> list(reader.apply(reference)));
        fields.add(
                "k8s.svc." + oldName,
                reference -> Extractor.text(s -> joined(reader.apply(reference).apply(s))));
    }

    private void lists(String name, String oldName, Function<CurrentEvent, Stream<String>> read) {
        fields.add(name, list(read));
        fields.text(oldName, s -> joined(read.apply(s)));
    }

    private static Extractor list(Function<CurrentEvent, Stream<String>> read) {
        return Extractor.list(
                (s, room) -> {
                    read.apply(s).forEach(room::add);
                    return room.isEmpty() ? null : room;
                },
                s -> {
                    List<String> all = read.apply(s).toList();
                    return all.isEmpty() ? null : "(" + String.join(",", all) + ")";
                });
    }

    private static @Nullable String joined(Stream<String> values) {
        List<String> all = values.toList();
        return all.isEmpty() ? null : String.join(SEPARATOR, all);
    }

    /// Sorted, so that the same labels always give the same text.
    private static Stream<String> pairs(Map<String, String> labels) {
        return labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + ":" + label.getValue());
    }
}
