package dev.tiercel.ruletools.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.fields.document.JsonDocument;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.yaml.Yaml;
import dev.tiercel.schemas.BadRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Documents in tests, written as YAML or as a text of JSON.
final class RuleTestDocuments {

    private static final Pattern LITERAL =
            Pattern.compile("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private RuleTestDocuments() {}

    /// `above` over `below`, as a JSON merge patch (RFC 7396): mappings are merged, null removes a member, and anything
    /// else replaces what is below.
    static @Nullable Yaml merge(@Nullable Yaml below, @Nullable Yaml above) {
        if (above == null) {
            return below;
        }
        return below instanceof Yaml.Mapping under && above instanceof Yaml.Mapping over ? merge(under, over) : above;
    }

    private static Yaml merge(Yaml.Mapping below, Yaml.Mapping above) {
        List<Yaml.Entry> entries = new ArrayList<>();
        for (Yaml.Entry entry : below.entries()) {
            Yaml over = above.get(entry.key().value());
            if (!(over instanceof Yaml.Scalar scalar && scalar.isNull())) {
                Yaml merged = merge(entry.value(), over);
                entries.add(merged == null ? entry : new Yaml.Entry(entry.key(), merged));
            }
        }
        above.entries().stream()
                .filter(entry -> !below.has(entry.key().value()))
                .forEach(entries::add);
        return new Yaml.Mapping(entries, above.position());
    }

    /// The JSON of a document.
    static String json(Yaml document) throws ProblemException {
        String json = document instanceof Yaml.Scalar text ? text.value() : write(document);
        byte[] bytes = json.getBytes(UTF_8);
        JsonDocument read = new JsonDocument();
        try {
            read.read(bytes, 0, bytes.length);
        } catch (BadRecordException e) {
            throw RuleTestReader.invalid(reason(e), document.position());
        }
        if (!read.is(read.root(), JsonDocument.Kind.OBJECT)) {
            throw RuleTestReader.invalid("The document is no JSON object", document.position());
        }
        return json;
    }

    private static String reason(BadRecordException e) {
        return "The document is " + String.valueOf(e.getMessage()).replaceFirst("^[A-Z_]+: ", "");
    }

    private static String write(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> quoted(entry.key().value()) + ":" + write(entry.value()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Yaml.Sequence sequence ->
                sequence.items().stream().map(RuleTestDocuments::write).collect(Collectors.joining(",", "[", "]"));
            case Yaml.Scalar scalar when scalar.isNull() -> "null";
            case Yaml.Scalar scalar ->
                scalar.plain() && LITERAL.matcher(scalar.value()).matches() ? scalar.value() : quoted(scalar.value());
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return out.append('"').toString();
    }
}
