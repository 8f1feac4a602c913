package dev.tiercel.cli.rules;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.Row;
import dev.tiercel.fields.document.DocumentRow;
import dev.tiercel.fields.document.DocumentTexts;
import dev.tiercel.fields.json.BadEventException;
import dev.tiercel.fields.json.JsonRow;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.schemas.BatchCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Judges events given as lines of JSON by one rule set, and counts them. Not thread-safe.
///
/// An event is an object of fields and values, or, of a source beside system calls, a document as the source wrote
/// it, of which a line, or a whole file, may hold several. Without these, `non-blank lines = events + bad lines`.
final class EventsRun {
    /// Where and when an event was.
    ///
    /// @param time nanoseconds since the epoch; 0: unknown
    record Stamp(String hostname, long time) {}

    /// Receives results; the row is on the event during the call.
    interface MatchListener {
        /// A rule matched.
        void matched(Rule rule, Row row, Stamp stamp, long line);

        /// A line is not an event.
        void bad(long line, String reason);

        /// Called every few thousand lines, between two events.
        void progress(long events);
    }

    private static final int PROGRESS_EVERY = 4096;

    private final RuleSet rules;
    private final String source;
    private final JsonRow row;
    private final DocumentRow documents;
    private final DocumentTexts texts;
    private final Map<String, Evaluator> evaluators = new HashMap<>();
    private final MatchListener listener;
    private final @Nullable FileCorrelations correlations;
    private final MatchHandler onMatch = this::matched;
    private final MatchHandler onDocumentMatch = this::documentMatched;
    private final Map<Rule, Long> matches = new LinkedHashMap<>();
    private long line;
    private long events;
    private long bad;

    /// @param source source of events that name none
    /// @param correlations null: there are none, and no `suppress`
    EventsRun(
            RuleSet rules,
            String source,
            ZoneId zone,
            MatchListener listener,
            @Nullable FileCorrelations correlations) {
        this.rules = rules;
        this.source = source;
        row = new JsonRow(rules.slots(), zone, source);
        documents = new DocumentRow(source, rules.slots(), zone);
        texts = new DocumentTexts(source);
        this.listener = listener;
        this.correlations = correlations;
        for (Rule rule : rules.rules()) {
            evaluators.computeIfAbsent(rule.source(), rules::newEvaluator);
            if (!rule.signal()) matches.put(rule, 0L);
        }
    }

    /// Judges the remaining lines, until `stopped`.
    void judge(EventLines lines, BooleanSupplier stopped) throws IOException {
        while (!stopped.getAsBoolean() && lines.next()) {
            line = lines.number();
            if (!lines.isBlank()) {
                judge(lines);
            }
            if (line % PROGRESS_EVERY == 0) {
                listener.progress(events);
            }
        }
    }

    private void judge(EventLines lines) throws IOException {
        try {
            if (lines.isTooLong()) {
                throw new BadEventException("longer than " + EventLines.LONGEST + " bytes");
            }
            if (source.equals(FieldCatalog.SYSCALL) || !judgeDocuments(lines)) {
                judgeFields(lines);
            }
        } catch (BadEventException e) {
            bad++;
            listener.bad(line, e.getMessage() + hint(lines));
        }
    }

    /// Empty, or how to judge what is a document rather than fields and values.
    private String hint(EventLines lines) {
        try {
            boolean document = source.equals(FieldCatalog.SYSCALL)
                    && !lines.isTooLong()
                    && texts.read(lines.bytes(), lines.from(), lines.length(), (_, _, _) -> {});
            return document ? "; a document as its source wrote it needs --source" : "";
        } catch (BadEventException e) {
            return "";
        }
    }

    /// Judges documents; a file whose first line is none may be one text altogether. False: it holds fields and
    /// values.
    private boolean judgeDocuments(EventLines lines) throws IOException, BadEventException {
        try {
            return readDocuments(lines);
        } catch (BadEventException e) {
            if (line > 1 || !lines.extend()) {
                throw e;
            }
            try {
                return readDocuments(lines);
            } catch (BadEventException ofAll) {
                lines.shorten();
                throw e;
            }
        }
    }

    private boolean readDocuments(EventLines lines) throws BadEventException {
        return texts.read(lines.bytes(), lines.from(), lines.length(), this::judgeDocument);
    }

    private void judgeDocument(byte[] json, int from, int length) {
        documents.event(json, from, length);
        events++;
        Evaluator evaluator = evaluators.get(source);
        if (evaluator != null) {
            evaluator.evaluate(documents, onDocumentMatch);
        }
        if (correlations != null) correlations.judged(source, documents.time());
    }

    private void judgeFields(EventLines lines) throws BadEventException {
        row.event(lines.bytes(), lines.from(), lines.length());
        requireFittingValues();
        events++;
        Evaluator evaluator = evaluators.get(row.source());
        if (evaluator != null) {
            evaluator.evaluate(row, onMatch);
        }
        if (correlations != null) correlations.judged(row.source(), row.time());
    }

    private void requireFittingValues() throws BadEventException {
        String misfit = row.misfit();
        if (!misfit.isEmpty()) {
            throw new BadEventException(misfit);
        }
    }

    /// Judges the events of a recording, which are numbered from 1 as lines are, until `stopped`.
    void judge(Path recording, BooleanSupplier stopped) throws IOException {
        BatchCursor cursor = new BatchCursor();
        SyscallRow recorded = new SyscallRow(rules.slots());
        Evaluator evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
        MatchHandler handler =
                rule -> matched(rule, recorded, FieldCatalog.SYSCALL, new Stamp(cursor.node(), cursor.time()));
        line = 0;
        RecordedBatches.read(
                recording,
                batch -> {
                    cursor.wrap(batch);
                    recorded.batch(cursor);
                    while (cursor.next()) {
                        recorded.event();
                        events++;
                        line++;
                        evaluator.evaluate(recorded, handler);
                        if (correlations != null) correlations.judged(FieldCatalog.SYSCALL, cursor.time());
                    }
                    listener.progress(events);
                },
                stopped);
    }

    private void documentMatched(Rule rule) {
        matched(rule, documents, source, new Stamp(documents.origin(), documents.time()));
    }

    private void matched(Rule rule) {
        matched(rule, row, row.source(), new Stamp(row.hostname(), row.time()));
    }

    private void matched(Rule rule, Row at, String of, Stamp stamp) {
        if (correlations != null) correlations.matched(rule.name(), at, of, stamp, line, events);
        if (rule.signal()) return;
        matches.merge(rule, 1L, Long::sum);
        if (correlations != null && correlations.folds(rule, at, stamp, line, events)) return;
        listener.matched(rule, at, stamp, line);
    }

    long events() {
        return events;
    }

    long badLines() {
        return bad;
    }

    /// Number of matching events of each rule, in load order; signals are not among them.
    Map<Rule, Long> matches() {
        return matches;
    }
}
