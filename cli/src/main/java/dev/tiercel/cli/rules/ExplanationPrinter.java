package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Json;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.ruletools.RuleExplanation;
import dev.tiercel.ruletools.RuleExplanation.UsedField;
import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints what there is to say about a rule.
final class ExplanationPrinter {
    private ExplanationPrinter() {}

    static String text(RuleExplanation explained, boolean enabled) {
        Rule rule = explained.rule();
        StringBuilder text = new StringBuilder();
        line(text, "rule", rule.name() + (enabled ? "" : " (off)"));
        line(text, "priority", rule.priority().label());
        line(text, "tags", String.join(", ", rule.tags()));
        line(text, "source", rule.source());
        line(text, "defined", rule.file() + ":" + rule.line());
        line(text, "changed", String.join(", ", explained.changes()));
        line(text, "hash", rule.hash());
        line(text, "output", rule.output());
        line(text, "events", String.join(", ", events(rule)));
        line(text, "collect", String.join("; ", explained.needs()));
        text.append("\nas written\n").append(explained.text().indent(2));
        text.append("\ncondition, lists and macros expanded\n")
                .append(explained.condition().indent(2));
        text.append("\ncompiled\n").append(explained.ir().indent(2));
        text.append("\nfields\n");
        int width = explained.fields().stream()
                .mapToInt(field -> field.name().length())
                .max()
                .orElse(0);
        explained.fields().forEach(field -> text.append(field(field, width)));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String title, String value) {
        if (!value.isEmpty()) text.append("%-8s  %s%n".formatted(title, value));
    }

    private static String field(UsedField used, int width) {
        List<String> where = where(used);
        return "  %s  %-16s  %s%s%n"
                .formatted(
                        used.name() + " ".repeat(width - used.name().length()),
                        type(used),
                        String.join(", ", where),
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
