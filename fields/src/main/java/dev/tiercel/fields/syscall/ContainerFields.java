package dev.tiercel.fields.syscall;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.schemas.ContainerMount;
import dev.tiercel.schemas.ContainerView;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessView;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Class container: where it was done.
///
/// A process outside any container has one with id, name and type `host`. What the container engine has not reported
/// yet is absent.
final class ContainerFields {

    private static final String HOST = "host";

    private final Extractors.Builder fields = new Extractors.Builder();

    private ContainerFields() {}

    /// The extractors of these classes, by field.
    static Map<String, Function<FieldReference, Extractor>> extractors() {
        ContainerFields all = new ContainerFields();
        all.addAll();
        return all.fields.build();
    }

    private void addAll() {
        fields.text("container.id", ContainerFields::id);
        fields.text("container.full_id", s -> orHost(s, ContainerView::fullId));
        fields.text("container.name", s -> orHost(s, ContainerView::name));
        fields.text("container.type", s -> orHost(s, ContainerView::runtime));
        of("container.image", ContainerView::image);
        of("container.image.id", ContainerView::imageId);
        of("container.image.repository", ContainerView::imageRepository);
        of("container.image.tag", ContainerView::imageTag);
        of("container.image.digest", ContainerView::imageDigest);
        fields.text("container.ip", s -> ip(s.container()));
        fields.flag("container.privileged", ContainerFields::privileged);
        fields.number("container.start_ts", ContainerFields::startTime);
        fields.number("container.duration", ContainerFields::duration);
        mounts();
        labels();
    }

    /// `container.id`: 12 characters, or host.
    static String id(CurrentEvent source) {
        ContainerView container = source.container();
        return container == null ? HOST : container.id();
    }

    /// Of the host the empty text, as for Falco.
    private static @Nullable String ip(@Nullable ContainerView container) {
        return container == null ? "" : container.ip();
    }

    private static @Nullable String orHost(CurrentEvent source, Function<ContainerView, @Nullable String> read) {
        ContainerView container = source.container();
        return container == null ? HOST : read.apply(container);
    }

    private void of(String field, Function<ContainerView, @Nullable String> read) {
        fields.text(field, s -> {
            ContainerView container = s.container();
            return container == null ? null : read.apply(container);
        });
    }

    private static long privileged(CurrentEvent source) {
        ContainerView container = source.container();
        Boolean privileged = container == null ? null : container.privileged();
        return privileged == null ? CurrentEvent.ABSENT : Extractor.bit(privileged);
    }

    /// When the pid namespace of the process got its first process, as for Falco; if that is not known, when the engine
    /// says that the container started.
    private static long startTime(CurrentEvent source) {
        ProcessView process = source.process();
        long start = process == null ? 0 : process.number(ProcessAttribute.PID_NAMESPACE_START);
        ContainerView container = source.container();
        if (start == 0 && container != null) {
            start = container.startTime();
        }
        return start == 0 ? CurrentEvent.ABSENT : start;
    }

    /// Never negative: what the kernel and an engine call the start may be later than what the first process did.
    private static long duration(CurrentEvent source) {
        long start = startTime(source);
        return start == CurrentEvent.ABSENT
                ? start
                : Math.max(0, source.cursor().time() - start);
    }

    private void mounts() {
        of(
                "container.mounts",
                c -> c.mounts().stream().map(ContainerFields::text).collect(Collectors.joining(",")));
        mount("container.mount", ContainerMount::source, ContainerFields::text);
        mount("container.mount.source", ContainerMount::destination, ContainerMount::source);
        mount("container.mount.dest", ContainerMount::source, ContainerMount::destination);
        mount("container.mount.mode", ContainerMount::source, ContainerMount::mode);
        mount("container.mount.rdwr", ContainerMount::source, m -> Boolean.toString(m.writable()));
        mount("container.mount.propagation", ContainerMount::source, ContainerMount::propagation);
    }

    private static String text(ContainerMount mount) {
        return String.join(
                ":",
                mount.source(),
                mount.destination(),
                mount.mode(),
                Boolean.toString(mount.writable()),
                mount.propagation());
    }

    /// The argument is the index of a mount, or a glob for its `key`; the first match counts.
    private void mount(String field, Function<ContainerMount, String> key, Function<ContainerMount, String> read) {
        fields.add(field, reference -> {
            OptionalInt index = reference.index();
            Glob glob = Glob.of(reference.argument());
            return Extractor.text(s -> {
                ContainerView container = s.container();
                ContainerMount mount = container == null ? null : find(container.mounts(), index, key, glob);
                return mount == null ? null : read.apply(mount);
            });
        });
    }

    private static @Nullable ContainerMount find(
            List<ContainerMount> mounts, OptionalInt index, Function<ContainerMount, String> key, Glob glob) {
        if (index.isPresent()) {
            return index.getAsInt() < mounts.size() ? mounts.get(index.getAsInt()) : null;
        }
        for (ContainerMount mount : mounts) {
            if (glob.matches(key.apply(mount))) {
                return mount;
            }
        }
        return null;
    }

    private void labels() {
        fields.add("container.label", reference -> label(reference.argument()));
        of("container.labels", c -> joined(c.labels()));
    }

    private static Extractor label(String name) {
        return Extractor.text(s -> {
            ContainerView container = s.container();
            return container == null ? null : container.labels().get(name);
        });
    }

    /// Sorted, so that the same labels always give the same text.
    private static String joined(Map<String, String> labels) {
        return labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + ":" + label.getValue())
                .collect(Collectors.joining(", "));
    }
}
