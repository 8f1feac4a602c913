package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.check.Checks;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.ValueReader;
import dev.tiercel.rules.syntax.Transformer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Cases about one transformer and one value.
final class TransformerCases {

    /// `storage` copies a value, which nobody can see.
    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of(Transformer.values()).map(Transformer::text), Stream.of("val", "storage"))
            .collect(Collectors.toSet());

    private TransformerCases() {}

    static Outcome run(JsonNode test) {
        if (!test.has("expected") || !test.path("input").isArray()) {
            return Outcome.unknown("it does not say what is expected of what");
        }
        FieldType type = type(test.path("input_type").asText());
        if (type == null) {
            return Outcome.unknown("input type '" + test.path("input_type").asText() + "'");
        }
        String name = test.get("transformer").asText();
        if (!KNOWN.contains(name)) {
            return Outcome.unknown("transformer '" + name + "'");
        }
        if (test.path("input").valueStream().anyMatch(JsonNode::isArray)) {
            return several(Transformer.named(name), test);
        }
        ValueExpression input =
                new ValueExpression.Slot(0, type, test.path("list").asBoolean());
        ValueExpression result = input;
        if (!name.equals("val") && !name.equals("storage")) {
            Transformer transformer = Transformer.named(name);
            String problem = Checks.transformer(transformer, List.of(input));
            boolean refusal = refused(test.path("expected"));
            if (!problem.isEmpty() || refusal) {
                return refusal && !problem.isEmpty()
                        ? Outcome.PASSED
                        : Outcome.failed("expected %s, found: %s".formatted(test.path("expected"), problem));
            }
            result = new ValueExpression.Transformed(transformer, List.of(input), "");
        }
        return compare(test, result);
    }

    /// Nothing, or a word for it.
    private static boolean refused(JsonNode expected) {
        return expected.isNull() || (!expected.isArray() && !Expectation.truth(expected));
    }

    /// Of a transformer that takes several inputs each is given as an array.
    private static Outcome several(Transformer transformer, JsonNode test) {
        List<ValueExpression> inputs = new ArrayList<>();
        for (JsonNode input : test.get("input")) {
            List<ValueExpression> values = new ArrayList<>();
            input.forEach(value -> values.add(new ValueExpression.Constant(value.asText())));
            boolean list = (transformer == Transformer.JOIN && inputs.size() == 1)
                    || (transformer == Transformer.GETOPT && inputs.isEmpty());
            inputs.add(list ? new ValueExpression.Collected(values) : values.getFirst());
        }
        String problem = Checks.transformer(transformer, inputs);
        return problem.isEmpty()
                ? compare(
                        test,
                        new ValueExpression.Transformed(
                                transformer, inputs, test.path("argument").asText()))
                : Outcome.failed("expected " + test.path("expected") + ", found: " + problem);
    }

    private static Outcome compare(JsonNode test, ValueExpression result) {
        FieldType type = type(test.path("output_type").asText());
        if (type != null && result.type() != type) {
            return Outcome.failed("expected the type %s, found %s".formatted(type, result.type()));
        }
        Row row = new OneValue(
                test.get("input").valueStream().map(JsonNode::asText).toList());
        List<String> expected =
                test.get("expected").valueStream().map(JsonNode::asText).toList();
        if (result.list()) {
            return Outcome.equal("values", expected, ValueReader.texts(row, result));
        }
        String printed = ValueReader.printed(row, result);
        return Outcome.equal("values", expected, printed == null ? List.of() : List.of(printed));
    }

    /// Our type for Falco's `PT_…`.
    static @Nullable FieldType type(String name) {
        return switch (name) {
            case "PT_CHARBUF" -> FieldType.STRING;
            case "PT_FSPATH", "PT_FSRELPATH" -> FieldType.FSPATH;
            case "PT_IPV4ADDR", "PT_IPV6ADDR", "PT_IPADDR" -> FieldType.IPADDR;
            case "PT_IPV4NET", "PT_IPV6NET", "PT_IPNET" -> FieldType.IPNET;
            case "PT_ERRNO", "PT_FD", "PT_PID" -> FieldType.INT64;
            case "PT_SYSCALLID", "PT_SIGTYPE", "PT_L4PROTO", "PT_SOCKFAMILY" -> FieldType.UINT16;
            case "PT_FLAGS8",
                    "PT_FLAGS16",
                    "PT_FLAGS32",
                    "PT_MODE",
                    "PT_UID",
                    "PT_GID",
                    "PT_ENUMFLAGS8",
                    "PT_ENUMFLAGS16",
                    "PT_ENUMFLAGS32" -> FieldType.FLAGS;
            case "PT_SOCKADDR", "PT_SOCKTUPLE", "PT_FDLIST", "PT_DYN", "PT_CHARBUFARRAY", "PT_CHARBUF_PAIR_ARRAY" ->
                FieldType.DYNAMIC;
            default -> {
                try {
                    yield FieldType.valueOf(name.replaceFirst("^PT_", ""));
                } catch (IllegalArgumentException e) {
                    yield null;
                }
            }
        };
    }

    /// A row whose one slot has a value.
    private record OneValue(List<String> values) implements Row {

        @Override
        public int eventType() {
            return 0;
        }

        @Override
        public long processToken() {
            return -1;
        }

        @Override
        public long eventToken() {
            return 1;
        }

        @Override
        public boolean present(int slot) {
            return !values.isEmpty();
        }

        @Override
        public long number(int slot) {
            return Long.parseLong(values.getFirst());
        }

        @Override
        public @Nullable String text(int slot) {
            return values.isEmpty() ? null : values.getFirst();
        }

        @Override
        public byte @Nullable [] bytes(int slot) {
            return values.isEmpty() ? null : values.getFirst().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public List<String> texts(int slot) {
            return values;
        }
    }
}
