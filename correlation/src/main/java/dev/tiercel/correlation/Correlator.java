package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;
import dev.tiercel.rules.correlation.Correlation;
import java.util.ArrayList;
import java.util.List;

/// Evaluates correlations over matches: for each key in the order of the events' times, whatever order they arrive
/// in within grace.
///
/// Deterministic: the same calls in the same order give the same alerts, also if a correlator is closed after
/// [#flush()] and another goes on over the same store, but for what goes beyond a [Budget]. Not thread-safe.
public final class Correlator {
    private static final String ALERTS_OF = "correlation:";

    private final CorrelationOutput output;
    private final StateWriter writer = new StateWriter();
    private final Workings workings;
    private final DecodedCells cells;
    private final Timers timers;
    private final Budgets budgets;
    private Stages stages;
    /// Nanoseconds that gaps matter for; without plans nobody knows.
    private long longest = Long.MAX_VALUE;
    private long unknown;

    /// Goes on with what `store` has.
    ///
    /// @param budget       what each correlation may take
    /// @param decodedBytes heap for states that are kept decoded, roughly; the others are read from the store
    /// @throws dev.tiercel.correlation.state.BadStateException if the store has what no correlator wrote
    public Correlator(StateStore store, Grace grace, Budget budget, CorrelationOutput output, long decodedBytes) {
        this.output = output;
        workings = new Workings(store, writer, grace, output);
        cells = new DecodedCells(store, writer, output, decodedBytes);
        timers = new Timers(store, cells);
        budgets = new Budgets(budget, store, writer, workings);
        stages = new Stages(List.of(), List.of(), workings);
    }

    /// The source that the alerts of a correlation are, for those that have it as a step.
    public static String alertsOf(String correlation) {
        return ALERTS_OF + correlation;
    }

    static boolean isOfAlerts(String source) {
        return source.startsWith(ALERTS_OF);
    }

    /// Replaces the plans: to be called first, and whenever rules change. State of correlations whose structure
    /// stays is kept; alerts that they raised before are not revised any more. State of the others is
    /// removed by and by.
    public void plans(List<Correlation> correlations, List<SuppressedRule> rules) {
        flush();
        cells.clear();
        stages = new Stages(correlations, rules, workings);
        List<Integer> numbers = new ArrayList<>();
        longest = 0;
        for (Stage stage : stages.all()) {
            workings.resume(stage);
            if (stage instanceof CorrelationStage correlation) budgets.resume(correlation);
            numbers.add(stage.number());
        }
        for (Correlation plan : correlations) {
            longest = Math.max(longest, plan.timespan().toNanos());
        }
        workings.numbers().retain(numbers);
        workings.gaps().retain(source -> !Budgets.isGaps(source) || stages.isQuarantined(source));
    }

    /// Whether there is a plan of this name and structure, so that its matches can be used.
    public boolean knows(String correlation, String structure) {
        CorrelationStage stage = stages.correlation(correlation);
        return stage != null && stage.structure().equals(structure);
    }

    /// Uses a match; one that no plan wants is ignored and counted.
    public void match(Match match) {
        CorrelationStage stage = stages.correlation(match.correlation());
        if (stage == null || !stage.structure().equals(match.structure())) {
            unknown++;
        } else if (stage.isLate(match)) {
            stage.counts().late++;
            output.late(match, stage.watermark(match));
        } else if (stage.wants(match) && budgets.admits(stage, match.time())) {
            KeyState state = (KeyState) cells.get(stage, match.key());
            state.add(match);
            cells.changed(state);
        }
    }

    /// Folds the alert of a rule or correlation with `suppress`; one of a rule without comes out at once.
    public void suppress(RuleAlert alert) {
        FoldingStage stage = stages.folding(alert.rule());
        if (stage == null) {
            Stages.emission(alert.rule(), output).emit(alert);
            return;
        }
        FoldingState state = (FoldingState) cells.get(stage, alert.key());
        state.add(new FoldedAlert(alert), alert.revision() > 0);
        cells.changed(state);
    }

    /// Ends the time of all that `suppress` has folded: what was repeated comes out again with its number, as its next
    /// revision. For a correlator that is given nothing more.
    public void endSuppression() {
        flush();
        for (Stage stage : stages.all()) {
            if (!(stage instanceof FoldingStage)) continue;
            for (List<String> key : cells.keys(stage)) {
                FoldingState state = (FoldingState) cells.get(stage, key);
                state.end();
                cells.changed(state);
            }
        }
    }

    /// Says how far the events of a source's partition have been judged. Fires nothing: [#pass(int)] does.
    ///
    /// @param partitions number of partitions of the source's topic
    /// @param time       of the newest event judged, nanoseconds since the epoch; or now, if none is waiting
    public void clock(String source, int partition, int partitions, long time) {
        if (workings.clock(source).advance(partition, partitions, time)) {
            for (Stage stage : stages.all()) {
                stage.refresh();
                if (stage instanceof CorrelationStage correlation) budgets.look(correlation);
            }
        }
    }

    /// Says how long matches of a correlation took together, for its [Budget]; its timers are measured here.
    public void took(String correlation, int matches, long nanos) {
        CorrelationStage stage = stages.correlation(correlation);
        if (stage != null) stage.spending().took(matches, nanos);
    }

    /// Says that events of a source may be missing in a span of time. Alerts over it are not complete.
    public void gap(String source, long from, long to) {
        workings.gaps().add(source, from, to);
    }

    /// Fires timers that are due, at most about `limit`; returns whether more are.
    public boolean pass(int limit) {
        int left = limit;
        for (Stage stage : stages.all()) {
            while (left > 0) {
                int fired = timers.fire(stage, left);
                left -= fired;
                if (fired == 0) break;
            }
            if (left <= 0) return true;
            settle(stage);
        }
        return workings.numbers().remove(left);
    }

    private void settle(Stage stage) {
        long before = stage.settled();
        if (before == stage.watermark()) return;
        stage.settle();
        if (stage instanceof CorrelationStage correlation && correlation.isFollowed()) {
            String alerts = alertsOf(stage.name());
            if (correlation.isStep()) correlation.visitGaps(before, (from, to) -> output.missing(alerts, from, to));
            output.settled(alerts, stage.settled());
        }
    }

    /// Writes all that changed to the store. To be called before what it read is committed.
    public void flush() {
        cells.flush();
        stages.all().forEach(workings::flush);
        workings.expireGaps(longest);
        for (Stage stage : stages.all()) {
            if (stage instanceof CorrelationStage correlation) {
                workings.gaps().expire(correlation.refusals(), Bounds.minus(stage.watermark(), longest));
            }
        }
        workings.flush();
    }

    /// Of the correlation called `name`, since this correlator was made.
    public CorrelationCounts counts(String name) {
        CorrelationStage stage = stages.correlation(name);
        return workings.counts(name)
                .snapshot(stage == null ? 0 : stage.storedKeys(), stage == null ? 0 : stage.storedBytes());
    }

    /// How all correlations stand; keys and bytes as of the last [#flush()].
    public Standing standing() {
        return new Standing(stages.standings(), workings.watermarks());
    }

    /// States that are kept decoded.
    public int decodedStates() {
        return cells.size();
    }

    /// Heap that they take, roughly.
    public long decodedBytes() {
        return cells.weight();
    }

    /// Matches that no plan wanted.
    public long unknown() {
        return unknown;
    }
}
