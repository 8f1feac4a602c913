package dev.tiercel.sinks.alert;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.sinks.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text with fields of alerts in it, written as in outputs of rules: `%alert.rule: %proc.cmdline`; `%%` is a percent
/// sign. A field without a value is `<NA>`. Immutable.
public final class Template {
    private static final Pattern FIELD =
            Pattern.compile("%(?:%|([a-zA-Z_][a-zA-Z0-9_]*(?:\\.[a-zA-Z0-9_]+)*)(\\[[^\\]]*\\])?)");
    private static final String ABSENT = "<NA>";

    private final List<Part> parts;

    /// @param field whether the text is the name of a field
    private record Part(String text, boolean field) {}

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /// Reads the template `key` of a sinks file; null: there is none.
    public static @Nullable Template read(Section section, String key) {
        return section.located(key)
                .map(text -> of(text, section.item(), section.problems()))
                .orElse(null);
    }

    /// Reads `text`; names that no alert has are problems of `item`.
    public static Template of(LocatedText text, ItemName item, Problems problems) {
        List<Part> parts = new ArrayList<>();
        String all = text.value();
        int end = 0;
        for (Matcher found = FIELD.matcher(all); found.find(); end = found.end()) {
            literal(parts, all.substring(end, found.start()));
            String name = found.group(1);
            if (name == null) {
                literal(parts, "%");
                continue;
            }
            if (AlertScope.ALERTS.find(name).isEmpty()) {
                problems.add(
                        Code.LOAD_ERR_COMPILE_OUTPUT,
                        "no alert has a field '" + name + "'",
                        text.position(found.start()),
                        item,
                        AlertScope.ALERTS.suggestion(name));
            }
            parts.add(new Part(found.group().substring(1), true));
        }
        literal(parts, all.substring(end));
        return new Template(parts);
    }

    private static void literal(List<Part> parts, String text) {
        if (!text.isEmpty()) parts.add(new Part(text, false));
    }

    /// The text for an alert.
    ///
    /// @param escaping what is done to values, so that none can be more than text
    public String render(AlertView alert, Escaping escaping) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            if (part.field()) {
                String value = alert.text(part.text());
                out.append(escaping.of(value == null ? ABSENT : value));
            } else {
                out.append(part.text());
            }
        }
        return out.toString();
    }
}
