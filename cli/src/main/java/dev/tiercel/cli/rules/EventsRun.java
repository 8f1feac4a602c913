package dev.tiercel.cli.rules;

import dev.tiercel.fields.json.BadEventException;
import dev.tiercel.fields.json.JsonRow;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import dev.tiercel.rules.engine.Rule;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Judges events given as lines of JSON by one rule set, and counts. One thread.
///
/// `lines that are not blank = events + bad lines`
final class EventsRun {
    /// Told of what was found while the row is on the event.
    interface Listener {
        /// A rule matched.
        void matched(Rule rule, JsonRow row, long line);

        /// A line is no event.
        void bad(long line, String reason);

        /// Now and then, between two events.
        void progress(long events);
    }

    private static final int PROGRESS_EVERY = 4096;

    private final JsonRow row;
    private final Map<String, Evaluator> evaluators = new HashMap<>();
    private final Listener listener;
    private final MatchHandler onMatch = this::matched;
    private final Map<Rule, Long> matches = new LinkedHashMap<>();
    private long line;
    private long events;
    private long bad;

    /// @param source of events that name none
    EventsRun(RuleSet rules, String source, ZoneId zone, Listener listener) {
        this.row = new JsonRow(rules.slots(), zone, source);
        this.listener = listener;
        for (Rule rule : rules.rules()) {
            evaluators.computeIfAbsent(rule.source(), rules::newEvaluator);
            matches.put(rule, 0L);
        }
    }

    /// Judges the lines that are left, until `stopped`.
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

    private void judge(EventLines lines) {
        try {
            if (lines.isTooLong()) {
                throw new BadEventException("longer than " + EventLines.LONGEST + " bytes");
            }
            row.event(lines.bytes(), lines.from(), lines.length());
        } catch (BadEventException e) {
            bad++;
            listener.bad(line, String.valueOf(e.getMessage()));
            return;
        }
        events++;
        Evaluator evaluator = evaluators.get(row.source());
        if (evaluator != null) {
            evaluator.evaluate(row, onMatch);
        }
    }

    private void matched(Rule rule) {
        matches.merge(rule, 1L, Long::sum);
        listener.matched(rule, row, line);
    }

    long events() {
        return events;
    }

    long badLines() {
        return bad;
    }

    /// Every rule, in load order, and how many events matched it.
    Map<Rule, Long> matches() {
        return matches;
    }
}
