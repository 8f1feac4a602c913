package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.syscall.Moments;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of Kubernetes audit events: class ka.
final class K8sAuditFields implements DocumentFields {

    private static final JsonPath STAGE_TIME = JsonPath.of("stageTimestamp");

    @Override
    public String source() {
        return "k8s_audit";
    }

    @Override
    public String plugin() {
        return "k8saudit";
    }

    @Override
    public Map<String, Function<FieldReference, DocumentExtractor>> extractors() {
        return Map.of();
    }

    @Override
    public @Nullable Long moment(CurrentDocument event) {
        String written = event.text(STAGE_TIME);
        return written == null ? null : Moments.parse(written);
    }

    @Override
    public @Nullable String line(CurrentDocument event) {
        JsonDocument document = event.document();
        return document.raw(document.root());
    }
}
