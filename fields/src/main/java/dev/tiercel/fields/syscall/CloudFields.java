package dev.tiercel.fields.syscall;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.schemas.avro.NodeContext;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Class cloud: where in a cloud the node is.
final class CloudFields {
    private CloudFields() {}

    /// The extractors of this class, by field.
    static Map<String, Function<FieldReference, Extractor>> extractors() {
        Extractors.Builder fields = new Extractors.Builder();
        add(fields, "cloud.provider", NodeContext::getProvider);
        add(fields, "cloud.region", NodeContext::getRegion);
        add(fields, "cloud.zone", NodeContext::getZone);
        add(fields, "cloud.account", NodeContext::getAccount);
        add(fields, "cloud.instance.id", NodeContext::getInstanceId);
        add(fields, "cloud.instance.type", NodeContext::getInstanceType);
        return fields.build();
    }

    private static void add(Extractors.Builder fields, String field, Function<NodeContext, String> value) {
        fields.text(field, source -> read(source.node(), value));
    }

    private static @Nullable String read(@Nullable NodeContext node, Function<NodeContext, String> value) {
        String text = node == null ? "" : value.apply(node);
        return text.isEmpty() ? null : text;
    }
}
