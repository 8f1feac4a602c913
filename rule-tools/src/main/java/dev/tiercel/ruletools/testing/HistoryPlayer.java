package dev.tiercel.ruletools.testing;

import dev.tiercel.correlation.Budget;
import dev.tiercel.correlation.CorrelatedAlert;
import dev.tiercel.correlation.CorrelationOutput;
import dev.tiercel.correlation.Correlator;
import dev.tiercel.correlation.Grace;
import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.SuppressedRule;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.state.MemoryStore;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Gives the events of one history to the engine, in some order, and collects the alerts. For one run.
final class HistoryPlayer {

    private static final long DECODED_BYTES = 16 << 20;
    private static final int PASS = 1_000;

    /// Beyond the longest timespan and the longest `suppress`, each several times, for correlations that feed others.
    private static final long LONG_AFTER = Duration.ofDays(400).toNanos();

    private final Plan plan;
    private final MemoryStore store = new MemoryStore();
    private final Map<String, CorrelatedAlert> alerts = new LinkedHashMap<>();
    private final Map<String, RuleAlert> ruleAlerts = new LinkedHashMap<>();
    private final List<HistoryAlert> plain = new ArrayList<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final Alerts output = new Alerts();
    private Correlator correlator;
    private long now;

    HistoryPlayer(Plan plan) {
        this.plan = plan;
        this.correlator = started();
    }

    /// What is played.
    ///
    /// @param events that can make a difference
    /// @param ends when it ends, in nanoseconds after its start; -1: when all is decided
    record Plan(
            List<Correlation> correlations,
            List<SuppressedRule> rules,
            Grace grace,
            List<HistoryJudge.Judged> events,
            long ends) {

        /// The plan of `events` by the correlations that they match, and those that these feed.
        static Plan of(RuleSet rules, Grace grace, List<HistoryJudge.Judged> events, long ends) {
            Set<String> fed = new LinkedHashSet<>();
            events.forEach(event -> event.matches().forEach(match -> fed.add(match.correlation())));
            boolean more = true;
            while (more) {
                more = fed.addAll(rules.correlations().stream()
                        .filter(correlation -> correlation.steps().stream()
                                .map(CorrelationStep::rule)
                                .anyMatch(fed::contains))
                        .map(Correlation::name)
                        .toList());
            }
            return new Plan(
                    rules.correlations().stream()
                            .filter(correlation -> fed.contains(correlation.name()))
                            .toList(),
                    SuppressedRule.of(rules),
                    grace,
                    events,
                    ends);
        }

        /// The event sources whose time must pass.
        private Set<String> sources() {
            Set<String> sources = new LinkedHashSet<>();
            events.forEach(event -> sources.add(event.source()));
            correlations.forEach(correlation -> correlation.allSteps().forEach(step -> sources.add(step.source())));
            return sources.stream().filter(FieldCatalog.bySource()::containsKey).collect(Collectors.toSet());
        }

        long earliest(int event) {
            RuleTestCase.When when = events.get(event).when();
            return when.late() ? Math.max(when.arrives(), deadline(event) + 1) : when.arrives();
        }

        /// When an event must have arrived; one that is late need not.
        long latest(int event) {
            return earliest(event) > deadline(event) ? Long.MAX_VALUE : deadline(event);
        }

        private long deadline(int event) {
            HistoryJudge.Judged judged = events.get(event);
            return judged.when().at() + grace.of(judged.source()).toNanos();
        }

        boolean hasLate() {
            for (int event = 0; event < events.size(); event++) {
                if (latest(event) == Long.MAX_VALUE) {
                    return true;
                }
            }
            return false;
        }
    }

    private Correlator started() {
        Correlator next = new Correlator(store, plan.grace(), Budget.NONE, output, DECODED_BYTES);
        next.plans(plan.correlations(), plan.rules());
        return next;
    }

    /// Another engine goes on over the same store.
    void restart() {
        correlator.flush();
        correlator = started();
    }

    /// Lets the time pass until the event can come, and gives it to the engine.
    void event(int number) {
        pass(plan.earliest(number));
        again(number);
    }

    /// Gives an event to the engine, whatever time it is.
    void again(int number) {
        HistoryJudge.Judged event = plan.events().get(number);
        if (event.when().gap()) {
            correlator.gap(
                    event.source(), event.evidence().time(), event.evidence().time());
        }
        event.matches().forEach(this::match);
        for (HistoryJudge.Alert alert : event.alerts()) {
            if (alert.rule().suppress() != null) {
                correlator.suppress(alert.folded());
            } else if (seen.add(alert.folded().id())) {
                plain.add(alert(alert.folded(), plan.events()));
            }
        }
        output.giveBack(correlator);
    }

    private void match(Match match) {
        correlator.match(match);
        output.giveBack(correlator);
    }

    /// Lets the time pass until `after` the start, for all sources.
    void pass(long after) {
        now = Math.max(now, after);
        for (String source : plan.sources()) {
            correlator.clock(source, 0, 1, HistoryRow.time(now));
        }
        output.pass(correlator, PASS);
    }

    /// Lets the time pass until the end; the alerts by time, each as its last revision.
    List<HistoryAlert> end() {
        if (plan.ends() < 0) {
            pass(now + LONG_AFTER);
        } else {
            pass(plan.ends());
        }
        List<HistoryAlert> raised = new ArrayList<>(plain);
        alerts.values().forEach(alert -> raised.add(alert(alert)));
        ruleAlerts.values().forEach(alert -> raised.add(alert(alert, plan.events())));
        raised.sort(Comparator.comparingLong(HistoryAlert::at).thenComparing(HistoryAlert::text));
        return raised;
    }

    private static HistoryAlert alert(CorrelatedAlert alert) {
        return new HistoryAlert(
                alert.correlation(),
                HistoryRow.after(alert.time()),
                alert.key(),
                alert.evidence().stream()
                        .map(part -> new HistoryAlert.Step(
                                part.step(), HistoryRow.after(part.event().time())))
                        .toList(),
                alert.output(),
                alert.complete(),
                alert.repeats());
    }

    private static HistoryAlert alert(RuleAlert alert, List<HistoryJudge.Judged> events) {
        HistoryJudge.Alert made = events.stream()
                .filter(event -> event.evidence().equals(alert.event()))
                .flatMap(event -> event.alerts().stream())
                .filter(candidate -> candidate.rule().name().equals(alert.rule()))
                .findFirst()
                .orElseThrow();
        return new HistoryAlert(
                alert.rule(),
                HistoryRow.after(alert.event().time()),
                alert.key(),
                List.of(new HistoryAlert.Step("", HistoryRow.after(alert.event().time()))),
                made.output(),
                alert.event().complete(),
                alert.repeats());
    }

    /// Keeps the last revision of each alert.
    private final class Alerts extends CorrelationOutput.Looped {
        @Override
        public void alert(CorrelatedAlert alert) {
            alerts.merge(alert.id(), alert, (old, next) -> next.revision() >= old.revision() ? next : old);
        }

        @Override
        public void ruleAlert(RuleAlert alert) {
            ruleAlerts.merge(alert.id(), alert, (old, next) -> next.revision() >= old.revision() ? next : old);
        }

        @Override
        public void late(Match match, long watermark) {}
    }
}
