package dev.tiercel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Output;
import dev.tiercel.rules.OutputField;
import dev.tiercel.rules.Rule;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.Severity;
import dev.tiercel.rules.field.SyscallRow;
import dev.tiercel.schemas.BatchCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Prints events in the rule language: a rule whose condition is the filter and whose output is the format. One thread.
final class EventPrinter {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BatchCursor cursor = new BatchCursor();
    private final RuleSet rules;
    private final SyscallRow row;
    private final boolean json;
    private final List<String> lines = new ArrayList<>();

    private EventPrinter(RuleSet rules, boolean json) {
        this.rules = rules;
        this.row = new SyscallRow(rules.slots());
        this.json = json;
    }

    /// @throws IllegalArgumentException saying what is wrong with filter or format
    static EventPrinter of(String filter, String format, boolean json) {
        Compilation compilation = RuleCompiler.compile(
                List.of(new RuleFile("--filter", yaml(filter, format))), CompileOptions.defaults());
        RuleSet rules = compilation
                .ruleSet()
                .orElseThrow(() -> new IllegalArgumentException(compilation.diagnostics(Severity.ERROR).stream()
                        .map(diagnostic ->
                                diagnostic.message() + (diagnostic.hint().isEmpty() ? "" : " — " + diagnostic.hint()))
                        .collect(Collectors.joining("\n"))));
        return new EventPrinter(rules, json);
    }

    /// JSON strings are YAML, whatever filter and format hold.
    private static String yaml(String filter, String format) {
        return "- rule: events\n  desc: printed\n  condition: %s\n  output: %s\n  priority: DEBUG\n"
                .formatted(quoted(filter), quoted(format));
    }

    private static String quoted(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("value=" + value, e);
        }
    }

    /// The lines of a batch's events that pass the filter.
    ///
    /// @throws dev.tiercel.schemas.BadRecordException if it is no batch
    List<String> print(byte[] batch) {
        lines.clear();
        cursor.wrap(batch);
        row.batch(cursor);
        while (cursor.next()) {
            row.event();
            rules.evaluate(row, this::matched);
        }
        return lines;
    }

    private void matched(Rule rule) {
        Output output = rule.outputFormat().render(row);
        if (!json) {
            lines.add(output.text());
            return;
        }
        Json object = new Json().put("node", cursor.node()).put("time", cursor.time());
        for (OutputField field : output.fields()) object.putNullable(field.name(), field.value());
        lines.add(object.line());
    }
}
