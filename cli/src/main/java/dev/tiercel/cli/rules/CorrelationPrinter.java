package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Json;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.Threshold;
import dev.tiercel.ruletools.CorrelationExplanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Prints the explanation of a correlation.
final class CorrelationPrinter {
    private final TitledText text;

    private CorrelationPrinter(Colours colours) {
        text = new TitledText(colours, 11);
    }

    static String text(CorrelationExplanation explained, boolean enabled, Colours colours) {
        return new CorrelationPrinter(colours).print(explained, enabled);
    }

    private String print(CorrelationExplanation explained, boolean enabled) {
        Correlation correlation = explained.correlation();
        text.line("correlation", correlation.name() + (enabled ? "" : " (off)"));
        text.line("type", correlation.type().text() + compared(correlation.threshold()));
        text.line("timespan", ExplanationPrinter.time(correlation.timespan()));
        text.line("learns", correlation.learning().isZero() ? "" : ExplanationPrinter.time(correlation.learning()));
        text.line("priority", correlation.priority().label());
        text.line("tags", String.join(", ", correlation.tags()));
        text.line("defined", correlation.file() + ":" + correlation.line());
        text.line("hash", correlation.hash() + ", structure " + correlation.structure());
        text.line("output", correlation.output().toString());
        text.line("key", key(explained));
        text.line("sources", String.join(", ", explained.sources()));
        text.line("collect", String.join("; ", explained.needs()));
        text.line("raised", explained.raised());
        text.line("one key", explained.state());
        text.line("suppress", ExplanationPrinter.suppressed(correlation.suppress()));
        text.line("shadow", correlation.shadow() ? "alerts go to alerts.shadow" : "");
        text.section("as written", explained.text());
        text.section(
                "steps",
                explained.steps().stream().map(CorrelationPrinter::step).collect(Collectors.joining("\n")));
        if (!explained.except().isEmpty()) text.section("exceptions leave", explained.except());
        return text.toString();
    }

    private static String compared(@Nullable Threshold threshold) {
        if (threshold == null) return "";
        return " " + threshold.text() + (threshold.field() == null ? "" : " of " + threshold.field());
    }

    private static String key(CorrelationExplanation explained) {
        return explained.key().isEmpty()
                ? "one for all"
                : explained.key().entrySet().stream()
                        .map(part -> part.getKey() + ": " + String.join(", ", part.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private static String step(CorrelationExplanation.Step step) {
        List<String> lines = new ArrayList<>();
        lines.add(step.id() + ": " + step.rule()
                + (step.source().isEmpty() ? " (correlation)" : " (" + step.source() + ")"));
        if (!step.where().isEmpty()) lines.add("  where    " + step.where());
        if (!step.carried().isEmpty()) lines.add("  carries  " + String.join(", ", step.carried()));
        if (!step.events().isEmpty()) lines.add("  events   " + String.join(", ", step.events()));
        return String.join("\n", lines);
    }

    static String json(CorrelationExplanation explained, boolean enabled) {
        Correlation correlation = explained.correlation();
        return new Json()
                .put("name", correlation.name())
                .put("enabled", enabled)
                .put("type", correlation.type().text())
                .put("condition", compared(correlation.threshold()).strip())
                .put("timespan_seconds", correlation.timespan().toSeconds())
                .put("learn_seconds", correlation.learning().toSeconds())
                .put("priority", correlation.priority().label())
                .put("tags", correlation.tags())
                .put("file", correlation.file())
                .put("line", correlation.line())
                .put("hash", correlation.hash())
                .put("structure", correlation.structure())
                .put("description", correlation.description())
                .put("output", correlation.output().toString())
                .put("key", explained.key())
                .put("sources", explained.sources())
                .put("collect", explained.needs())
                .put("raised", explained.raised())
                .put("state", explained.state())
                .put("suppress", ExplanationPrinter.suppressed(correlation.suppress()))
                .put("shadow", correlation.shadow())
                .put("text", explained.text())
                .put(
                        "steps",
                        explained.steps().stream().map(CorrelationPrinter::json).toList())
                .put("exceptions_leave", explained.except())
                .line();
    }

    private static Map<String, Object> json(CorrelationExplanation.Step step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", step.id());
        fields.put("rule", step.rule());
        fields.put("source", step.source());
        fields.put("where", step.where());
        fields.put("carried", step.carried());
        fields.put("event_types", step.events());
        return fields;
    }
}
