package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.MemoryStore;
import dev.tiercel.rules.correlation.Correlation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A correlator in one process: what it makes for itself is given back to it.
final class Run {
    static final long SECOND = 1_000_000_000L;
    static final Duration GRACE = Duration.ofSeconds(5);

    final MemoryStore store = new MemoryStore();
    final List<CorrelatedAlert> alerts = new ArrayList<>();
    final List<RuleAlert> ruleAlerts = new ArrayList<>();
    final List<Match> late = new ArrayList<>();
    final List<String> corrupt = new ArrayList<>();
    final List<Quarantine> quarantines = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final long decodedBytes;
    private List<Correlation> plans;
    private List<SuppressedRule> suppressed = List.of();
    private Budget budget = Budget.NONE;
    private Correlator correlator;

    Run(Correlation... plans) {
        this(1 << 20, plans);
    }

    Run(long decodedBytes, Correlation... plans) {
        this.decodedBytes = decodedBytes;
        this.plans = List.of(plans);
        correlator = open();
    }

    private Correlator open() {
        Grace grace = Grace.of(Map.of(Correlations.SOURCE, GRACE));
        Correlator opened = new Correlator(store, grace, budget, new Loop(), decodedBytes);
        opened.plans(plans, suppressed);
        return opened;
    }

    /// Goes on with another correlator over the same store.
    Run restart() {
        correlator.flush();
        correlator = open();
        return this;
    }

    /// Goes on with a correlator that has limits.
    Run within(Budget limits) {
        budget = limits;
        return restart();
    }

    Run took(int matches, long nanos) {
        correlator.took(plans.getFirst().name(), matches, nanos);
        return this;
    }

    Run plans(Correlation... next) {
        plans = List.of(next);
        correlator.plans(plans, suppressed);
        return this;
    }

    Run suppressed(SuppressedRule... rules) {
        suppressed = List.of(rules);
        correlator.plans(plans, suppressed);
        return this;
    }

    /// A match of key `k` at a number of seconds.
    Run match(String step, double seconds) {
        return match(step, seconds, "x", 1);
    }

    Run match(String step, double seconds, String text, long number) {
        return match(match(
                plans.getFirst(),
                step,
                "k",
                seconds,
                "e" + seconds,
                List.of(FieldValue.of(text), FieldValue.of(number))));
    }

    Run match(Match match) {
        correlator.match(match);
        return drain();
    }

    static Match match(
            Correlation plan, String step, String key, double seconds, String identity, List<FieldValue> others) {
        int index = step.equals("until") ? plan.steps().size() : step.charAt(0) - 'a';
        Evidence event =
                new Evidence(Correlations.SOURCE, nanos(seconds), identity, "node", "events.syscall", 0, 7, 1, true);
        List<FieldValue> values = new ArrayList<>(List.of(FieldValue.of(key)));
        values.addAll(others);
        return new Match(plan.name(), plan.structure(), List.of(key), index, event, values);
    }

    static long nanos(double seconds) {
        return Math.round(seconds * SECOND);
    }

    Run ruleAlert(String rule, String id, double seconds) {
        Evidence event = new Evidence(Correlations.SOURCE, nanos(seconds), id, "node", "events.syscall", 0, 7, 1, true);
        correlator.suppress(new RuleAlert(rule, List.of("k"), id, 0, nanos(seconds), event, new byte[] {1}, null));
        return this;
    }

    Run gap(double from, double to) {
        correlator.gap(Correlations.SOURCE, nanos(from), nanos(to));
        return this;
    }

    /// All events up to a number of seconds were judged.
    Run clock(double seconds) {
        return clock(Correlations.SOURCE, seconds);
    }

    Run clock(String source, double seconds) {
        correlator.clock(source, 0, 1, nanos(seconds));
        while (correlator.pass(3)) drain();
        return drain();
    }

    private Run drain() {
        while (!waiting.isEmpty()) {
            waiting.removeFirst().run();
            if (waiting.isEmpty()) while (correlator.pass(3)) {}
        }
        return this;
    }

    Run flush() {
        correlator.flush();
        return this;
    }

    Run endSuppression() {
        correlator.endSuppression();
        return drain();
    }

    /// States and timers in the store.
    int states() {
        int[] count = {0};
        for (byte kind : new byte[] {StoreKeys.STATE, StoreKeys.TIMER}) {
            store.range(new byte[] {kind}, new byte[] {(byte) (kind + 1)}, (key, value) -> ++count[0] > 0);
        }
        return count[0];
    }

    boolean pass(int limit) {
        return correlator.pass(limit);
    }

    long unknown() {
        return correlator.unknown();
    }

    CorrelationCounts counts() {
        return correlator.counts(plans.getFirst().name());
    }

    /// The last revision of each alert, in the order of the first.
    List<CorrelatedAlert> lastRevisions() {
        Map<String, CorrelatedAlert> last = new LinkedHashMap<>();
        alerts.forEach(alert -> last.put(alert.id(), alert));
        return List.copyOf(last.values());
    }

    /// Each alert's last revision as its evidence: `a:e1.0 b:e2.0`; `!` if it is not complete.
    List<String> evidence() {
        return lastRevisions().stream().map(Run::text).toList();
    }

    static String text(CorrelatedAlert alert) {
        List<String> parts = new ArrayList<>();
        alert.evidence()
                .forEach(part -> parts.add(part.step() + ":" + part.event().name()));
        return String.join(" ", parts) + (alert.complete() ? "" : " !");
    }

    /// Keeps what comes out, and gives back what has to go on.
    private final class Loop implements CorrelationOutput {
        @Override
        public void alert(CorrelatedAlert alert) {
            alerts.add(alert);
        }

        @Override
        public void ruleAlert(RuleAlert alert) {
            ruleAlerts.add(alert);
        }

        @Override
        public void fold(RuleAlert alert) {
            waiting.add(() -> correlator.suppress(alert));
        }

        @Override
        public void match(Match match) {
            waiting.add(() -> correlator.match(match));
        }

        @Override
        public void settled(String source, long time) {
            waiting.add(() -> correlator.clock(source, 0, 1, time));
        }

        @Override
        public void missing(String source, long from, long to) {
            waiting.add(() -> correlator.gap(source, from, to));
        }

        @Override
        public void quarantined(Quarantine begun) {
            quarantines.add(begun);
        }

        @Override
        public void late(Match match, long watermark) {
            late.add(match);
        }

        @Override
        public void corrupt(byte[] key, byte[] state, BadStateException reason) {
            corrupt.add(reason.getMessage());
        }
    }
}
