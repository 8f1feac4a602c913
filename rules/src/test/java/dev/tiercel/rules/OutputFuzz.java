package dev.tiercel.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.output.Output;
import dev.tiercel.rules.output.OutputField;
import dev.tiercel.rules.output.OutputFormat;
import dev.tiercel.rules.source.Problem;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Fuzz target: the output of a rule and an event. Whatever they are, the output renders, and what is rendered can be
/// written as JSON and read back.
public final class OutputFuzz {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OutputFuzz() {}

    /// Warms up before time is measured.
    public static void fuzzerInitialize() throws IOException {
        for (byte[] seed : FuzzInput.seeds("output")) {
            fuzzerTestOneInput(seed);
        }
    }

    /// One input, as [FuzzInput] describes.
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        FuzzInput input = FuzzInput.of(bytes);
        FieldSlots.Builder slots = new FieldSlots.Builder();
        List<Problem> problems = new ArrayList<>();
        OutputFormat format = OutputFormat.parse(
                Conditions.text(input.text()), new References(FieldCatalog.syscall()), slots, problems::add);
        for (Problem problem : problems) {
            FuzzInput.check(!problem.message().isEmpty(), "a problem has a message", problem);
            FuzzInput.check(
                    Objects.requireNonNull(problem.position()).offset()
                            <= input.text().length(),
                    "a problem has a position",
                    problem);
        }
        FieldSlots fields = slots.build();
        for (Map<String, Object> event : input.events()) {
            render(input.text(), format, new MapRow(fields, event));
        }
    }

    private static void render(String template, OutputFormat format, MapRow row) throws IOException {
        Output output = format.render(row);
        if (template.indexOf('%') < 0) {
            FuzzInput.check(output.text().equals(template), "plain text prints as it is", output.text());
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (OutputField field : output.fields()) {
            FuzzInput.check(fields.put(field.name(), field.value()) == null, "no field comes twice", field);
        }
        JsonNode read = JSON.readTree(JSON.writeValueAsBytes(Map.of("output", output.text(), "output_fields", fields)));
        FuzzInput.check(read.path("output").asText().equals(output.text()), "the text reads back", output.text());
        FuzzInput.check(read.path("output_fields").size() == fields.size(), "the fields read back", fields);
        output.fields().forEach(field -> check(field, read.path("output_fields").path(field.name())));
    }

    private static void check(OutputField field, JsonNode read) {
        boolean typed = switch (field.value()) {
            case null -> read.isNull();
            case Boolean flag -> read.isBoolean();
            case Long number -> read.asLong() == number;
            case BigInteger number -> read.bigIntegerValue().equals(number);
            case Double number -> read.isNumber() || read.isTextual();
            case String text -> read.asText().equals(text);
            case List<?> list -> read.isArray() && read.size() == list.size();
            default -> false;
        };
        FuzzInput.check(typed, "the field reads back as what it is", field, read);
    }
}
