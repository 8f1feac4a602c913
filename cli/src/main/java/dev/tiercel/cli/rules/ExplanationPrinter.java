package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Json;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.ruletools.RuleExplanation;
import dev.tiercel.ruletools.RuleExplanation.UsedField;
import dev.tiercel.schemas.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Prints the explanation of a rule.
final class ExplanationPrinter {
    private final TitledText text;

    private ExplanationPrinter(Colours colours) {
        text = new TitledText(colours, 8);
    }

    static String text(RuleExplanation explained, boolean enabled, Colours colours) {
        return new ExplanationPrinter(colours).print(explained, enabled);
    }

    private String print(RuleExplanation explained, boolean enabled) {
        Rule rule = explained.rule();
        text.line(rule.signal() ? "signal" : "rule", rule.name() + (enabled ? "" : " (off)"));
        text.line("priority", rule.signal() ? "" : rule.priority().label());
        text.line("tags", String.join(", ", rule.tags()));
        text.line("source", rule.source());
        text.line("defined", rule.file() + ":" + rule.line());
        text.line("changed", String.join(", ", explained.changes()));
        text.line("hash", rule.hash());
        text.line("suppress", suppressed(rule.suppress()));
        text.line("shadow", rule.shadow() ? "alerts go to alerts.shadow" : "");
        text.line("output", rule.output());
        text.line("events", String.join(", ", events(rule)));
        text.line("collect", String.join("; ", explained.needs()));
        text.section("as written", explained.text());
        text.section("condition, lists and macros expanded", explained.condition());
        text.section("compiled", explained.ir());
        text.section("fields", fields(explained.fields()));
        return text.toString();
    }

    /// `1h by container.id, fd.sip`; empty: nothing is.
    static String suppressed(@Nullable Suppression suppress) {
        if (suppress == null) return "";
        String by = suppress.by().stream().map(FieldReference::text).collect(Collectors.joining(", "));
        return time(suppress.period()) + (by.isEmpty() ? "" : " by " + by);
    }

    /// In the largest unit that is whole: `90s`, `2h`.
    static String time(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) return seconds / 86_400 + "d";
        if (seconds % 3_600 == 0) return seconds / 3_600 + "h";
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static String fields(List<UsedField> fields) {
        int width =
                fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
        return fields.stream().map(field -> field(field, width)).collect(Collectors.joining("\n"));
    }

    private static String field(UsedField used, int width) {
        return "%s  %-16s  %s%s"
                .formatted(
                        used.name() + " ".repeat(width - used.name().length()),
                        type(used),
                        String.join(", ", where(used)),
                        used.field().supplied() ? "" : "  (no event carries it yet)");
    }

    private static List<String> where(UsedField used) {
        List<String> where = new ArrayList<>();
        if (used.inCondition()) where.add("condition");
        if (used.inOutput()) where.add("output");
        return where;
    }

    private static String type(UsedField used) {
        String name = used.field().type().name().toLowerCase(Locale.ROOT);
        return used.field().list() ? "list of " + name : name;
    }

    private static List<String> events(Rule rule) {
        return rule.eventTypes().stream().map(EventType::eventName).sorted().toList();
    }

    static String json(RuleExplanation explained, boolean enabled) {
        Rule rule = explained.rule();
        return new Json()
                .put("name", rule.name())
                .put("signal", rule.signal())
                .put("suppress", suppressed(rule.suppress()))
                .put("shadow", rule.shadow())
                .put("enabled", enabled)
                .put("priority", rule.priority().label())
                .put("tags", rule.tags())
                .put("source", rule.source())
                .put("file", rule.file())
                .put("line", rule.line())
                .put("changed", explained.changes())
                .put("hash", rule.hash())
                .put("description", rule.description())
                .put("output", rule.output())
                .put("event_types", events(rule))
                .put("collect", explained.needs())
                .put("text", explained.text())
                .put("condition", rule.condition())
                .put("expanded_condition", rule.expandedCondition())
                .put("compiled", explained.ir())
                .put(
                        "fields",
                        explained.fields().stream()
                                .map(ExplanationPrinter::json)
                                .toList())
                .line();
    }

    private static Map<String, Object> json(UsedField used) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("name", used.name());
        field.put("type", used.field().type().name().toLowerCase(Locale.ROOT));
        field.put("list", used.field().list());
        field.put("supplied", used.field().supplied());
        field.put("used_in", where(used));
        return field;
    }
}
