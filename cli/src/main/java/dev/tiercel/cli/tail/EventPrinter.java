package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.Json;
import dev.tiercel.cli.rules.FilterRule;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.rules.output.OutputField;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.service.PlainText;
import java.util.ArrayList;
import java.util.List;

/// Prints events by a rule whose condition is the filter and whose output is the format. Not thread-safe.
final class EventPrinter {
    private final BatchCursor cursor = new BatchCursor();
    private final Evaluator evaluator;
    private final SyscallRow row;
    private final boolean json;
    private final List<String> lines = new ArrayList<>();

    private EventPrinter(RuleSet rules, boolean json) {
        this.evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
        this.row = new SyscallRow(rules.slots());
        this.json = json;
    }

    /// @throws IllegalArgumentException if the filter or format does not compile, saying why
    static EventPrinter of(String filter, String format, boolean json) {
        return new EventPrinter(FilterRule.compile(filter, format, FieldCatalog.SYSCALL), json);
    }

    /// The lines of the events in a batch that match the filter.
    ///
    /// @throws dev.tiercel.schemas.BadRecordException if it is not a batch
    List<String> print(byte[] batch) {
        lines.clear();
        cursor.wrap(batch);
        row.batch(cursor);
        while (cursor.next()) {
            row.event();
            evaluator.evaluate(row, this::matched);
        }
        return lines;
    }

    private void matched(Rule rule) {
        Output output = rule.outputFormat().render(row);
        if (!json) {
            lines.add(PlainText.line(output.text()));
            return;
        }
        Json object = new Json().put("node", cursor.node()).put("time", cursor.time());
        for (OutputField field : output.fields()) object.putNullable(field.name(), field.value());
        lines.add(object.line());
    }
}
