package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.Json;
import dev.tiercel.cli.rules.FilterRule;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.Row;
import dev.tiercel.fields.document.DocumentRow;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.rules.output.OutputField;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.PlainText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Prints events by a rule whose condition is the filter and whose output is the format. Not thread-safe.
abstract sealed class EventPrinter {
    /// How system calls are printed unless something else is asked for.
    static final String BATCH_FORMAT = "%evt.time %proc.name (%proc.pid) %evt.type %evt.args";

    /// How the events of other sources are.
    static final String DOCUMENT_FORMAT = "%evt.time.iso8601 %evt.plugininfo";

    private final Evaluator evaluator;
    private final Row row;
    private final boolean json;
    private final List<String> lines = new ArrayList<>();

    private EventPrinter(RuleSet rules, String source, Row row, boolean json) {
        this.evaluator = rules.newEvaluator(source);
        this.row = row;
        this.json = json;
    }

    /// @param source event source, as rules name it
    /// @param filter null: every event
    /// @param format null: that of the source
    /// @throws IllegalArgumentException if the filter or format does not compile, saying why
    static EventPrinter of(
            String source, @Nullable String filter, @Nullable String format, boolean json, SchemaRegistry schemas) {
        boolean batches = source.equals(FieldCatalog.SYSCALL);
        RuleSet rules = FilterRule.compile(
                Objects.requireNonNullElse(filter, batches ? "evt.type exists" : "evt.num exists"),
                Objects.requireNonNullElse(format, batches ? BATCH_FORMAT : DOCUMENT_FORMAT),
                source);
        return batches ? new Batches(rules, json) : new Documents(rules, source, json, schemas);
    }

    /// The lines of the events in a record that match the filter; valid until the next call.
    ///
    /// @throws dev.tiercel.schemas.BadRecordException if it is none of the source
    final List<String> print(byte @Nullable [] value, long offset) {
        lines.clear();
        read(value, offset);
        return lines;
    }

    /// Moves the row to each event, and evaluates it.
    abstract void read(byte @Nullable [] value, long offset);

    /// Where the current event is from, and when it was.
    abstract Json heading();

    final void evaluate() {
        evaluator.evaluate(row, this::matched);
    }

    private void matched(Rule rule) {
        Output output = rule.outputFormat().render(row);
        if (!json) {
            lines.add(PlainText.line(output.text()));
            return;
        }
        Json object = heading();
        for (OutputField field : output.fields()) object.putNullable(field.name(), field.value());
        lines.add(object.line());
    }

    private static final class Batches extends EventPrinter {
        private final BatchCursor cursor;
        private final SyscallRow row;

        Batches(RuleSet rules, boolean json) {
            this(rules, new SyscallRow(rules.slots()), json);
        }

        private Batches(RuleSet rules, SyscallRow row, boolean json) {
            super(rules, FieldCatalog.SYSCALL, row, json);
            this.row = row;
            this.cursor = new BatchCursor();
        }

        @Override
        void read(byte @Nullable [] batch, long offset) {
            if (batch == null) return;
            cursor.wrap(batch);
            row.batch(cursor);
            while (cursor.next()) {
                row.event();
                evaluate();
            }
        }

        @Override
        Json heading() {
            return new Json().put("node", cursor.node()).put("time", cursor.time());
        }
    }

    private static final class Documents extends EventPrinter {
        private final AvroSerde<SourceEvent> serde;
        private final DocumentRow row;

        Documents(RuleSet rules, String source, boolean json, SchemaRegistry schemas) {
            this(rules, source, new DocumentRow(source, rules.slots(), ZoneId.systemDefault()), json, schemas);
        }

        private Documents(RuleSet rules, String source, DocumentRow row, boolean json, SchemaRegistry schemas) {
            super(rules, source, row, json);
            this.row = row;
            this.serde = AvroSerde.of(
                    SourceEvent.class,
                    schemas,
                    Objects.requireNonNull(Topics.bySource().get(source)));
        }

        @Override
        void read(byte @Nullable [] value, long offset) {
            row.event(serde.read(value), offset + 1);
            evaluate();
        }

        @Override
        Json heading() {
            return new Json().put("origin", row.origin()).put("time", row.time());
        }
    }
}
