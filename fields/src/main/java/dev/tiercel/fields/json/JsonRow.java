package dev.tiercel.fields.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tiercel.fields.FieldSlots;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A row over JSON objects of field to value, read without building a tree or map: only the values of slots are kept.
///
/// Keys and values are those of [MapRow]: numbers, booleans, strings, null, and arrays of them. If a key occurs
/// twice the last value counts; keys that no slot needs are skipped. Not thread-safe.
public final class JsonRow extends KeyedRow {

    private static final JsonFactory JSON = new JsonFactory();

    /// ` (start marker at [Source: …])`
    private static final Pattern START_MARKER = Pattern.compile(" \\([a-zA-Z ]+ at \\[Source:.*]\\)");

    private final Map<String, Integer> numbers = new HashMap<>();
    private final @Nullable Object[] given;
    private final FlatJson flat;

    /// A row with no event yet.
    ///
    /// @param zone of times of day
    /// @param source event source of events that name none; empty: they have none
    public JsonRow(FieldSlots slots, ZoneId zone, String source) {
        super(slots, zone, source);
        List<String> names = keys().names();
        for (int key = 0; key < names.size(); key++) {
            numbers.put(names.get(key), key);
        }
        given = new Object[names.size()];
        flat = new FlatJson(names);
    }

    /// Moves to the event that `length` bytes of `json` from `from` hold, UTF-8; they may be reused afterwards.
    ///
    /// @throws BadEventException unless they are one object of scalars and arrays of scalars; the row is then empty
    public void event(byte[] json, int from, int length) throws BadEventException {
        try {
            Arrays.fill(given, null);
            if (!flat.read(json, from, length, given)) {
                parse(json, from, length);
            }
        } catch (BadEventException e) {
            Arrays.fill(given, null);
            throw e;
        } finally {
            turn();
        }
    }

    private void parse(byte[] json, int from, int length) throws BadEventException {
        Arrays.fill(given, null);
        try (JsonParser parser = JSON.createParser(json, from, length)) {
            read(parser);
        } catch (IOException e) {
            throw new BadEventException("not JSON: " + reason(e));
        }
    }

    /// Jackson's message without its description of the source.
    private static String reason(IOException e) {
        if (!(e instanceof JsonProcessingException wrong)) {
            return String.valueOf(e.getMessage());
        }
        JsonLocation location = wrong.getLocation();
        String message = START_MARKER.matcher(wrong.getOriginalMessage()).replaceFirst("");
        return message + (location == null ? "" : " at column " + location.getColumnNr());
    }

    private void read(JsonParser parser) throws IOException, BadEventException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new BadEventException("not a JSON object");
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            Integer key = numbers.get(name);
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                keep(key, elements(parser, name));
            } else if (token == JsonToken.START_OBJECT) {
                throw nested(name);
            } else if (key != null) {
                keep(key, scalar(parser, token));
            }
        }
        if (parser.nextToken() != null) {
            throw new BadEventException("more than one JSON object");
        }
    }

    private void keep(@Nullable Integer key, @Nullable Object value) {
        if (key != null) {
            given[key] = value;
        }
    }

    private static List<Object> elements(JsonParser parser, String name) throws IOException, BadEventException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
                throw nested(name);
            }
            Object element = scalar(parser, token);
            if (element != null) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static BadEventException nested(String name) {
        return new BadEventException(
                "the value of '" + name + "' is nested: an event has plain values, or arrays of them");
    }

    private static @Nullable Object scalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> null;
        };
    }

    private static Number whole(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Number) parser.getLongValue();
    }

    @Override
    @Nullable
    Object given(int key) {
        return given[key];
    }

    @Override
    public String toString() {
        return "JsonRow[keys=" + numbers.keySet() + "]";
    }
}
