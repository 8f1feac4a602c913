package dev.tiercel.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.service.PlainText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One JSON object on one line, keys in insertion order, fit for a terminal.
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    public Json put(String key, Object value) {
        values.put(key, value);
        return this;
    }

    /// As [#put]; null becomes JSON null.
    public Json putNullable(String key, @Nullable Object value) {
        values.put(key, value);
        return this;
    }

    public String line() {
        try {
            return PlainText.json(MAPPER.writeValueAsString(values));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("keys=" + values.keySet(), e);
        }
    }
}
