package dev.tiercel.cli.rules;

import dev.tiercel.correlation.Budget;
import dev.tiercel.correlation.CorrelatedAlert;
import dev.tiercel.correlation.CorrelationOutput;
import dev.tiercel.correlation.Correlator;
import dev.tiercel.correlation.Grace;
import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.SuppressedRule;
import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.MatchMaker;
import dev.tiercel.correlation.state.MemoryStore;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.engine.Rule;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The correlations and the `suppress` of a rule set over the events of files. Time is that of the events: each file
/// has its own, and what waits for time to pass waits for all files. Not thread-safe.
final class FileCorrelations {
    private static final long SECOND = 1_000_000_000L;
    private static final int PASS = 10_000;
    private static final long DECODED_BYTES = 256L << 20;

    /// When all is decided.
    private static final long END = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond() * SECOND;

    /// Receives alerts, and later revisions of them.
    interface AlertListener {
        /// Of a correlation.
        ///
        /// @param open whether the time of its `suppress` was not over when the input ended
        void raised(Correlation correlation, CorrelatedAlert alert, boolean open);

        /// Of a rule with `suppress`.
        void folded(Rule rule, RuleAlert alert, boolean open);
    }

    private final RuleSet rules;
    private final int files;
    private final boolean ordered;
    private final AlertListener listener;
    private final Map<String, Correlation> correlations = new LinkedHashMap<>();
    private final Map<String, MatchMaker> makers = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, Long> told = new HashMap<>();
    private final Map<String, Long> alerts = new LinkedHashMap<>();
    private final Set<String> sources = new LinkedHashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Output output = new Output();
    private final FoldedRules folded;
    private final Correlator correlator;
    private boolean open;
    private String file = "";
    private int partition = -1;
    private long timeless;
    private long late;

    /// @param files number of files to come
    /// @param ordered whether the events of a file are roughly in the order of their times
    FileCorrelations(RuleSet rules, int files, boolean ordered, AlertListener listener) {
        this.ordered = ordered;
        this.rules = rules;
        this.files = files;
        this.listener = listener;
        for (Correlation correlation : rules.correlations()) {
            correlations.put(correlation.name(), correlation);
            alerts.put(correlation.name(), 0L);
        }
        correlator = new Correlator(new MemoryStore(), Grace.defaults(), Budget.NONE, output, DECODED_BYTES);
        folded = new FoldedRules(rules);
        correlator.plans(rules.correlations(), folded.suppressed());
        for (SuppressedRule rule : folded.suppressed()) sources.add(rule.source());
        for (Correlation correlation : rules.correlations()) {
            correlation.allSteps().forEach(step -> sources.add(step.source()));
        }
        sources.retainAll(FieldCatalog.bySource().keySet());
    }

    /// The next file begins; what is told of the one before holds nothing up any more.
    void file(String name) {
        if (partition >= 0) finish();
        file = name;
        partition++;
        newest.clear();
        told.clear();
    }

    private void finish() {
        for (String source : sources) correlator.clock(source, partition, files, END);
        output.pass(correlator, PASS);
    }

    /// An event matched a rule.
    ///
    /// @param line number of its line in the file
    /// @param index number of the event in the run: of several in one line
    void matched(String rule, Row row, String source, EventsRun.Stamp stamp, long line, long index) {
        MatchMaker maker =
                makers.computeIfAbsent(source, name -> new MatchMaker(rules.correlations(), name, rules.slots()));
        if (!maker.isStep(rule)) return;
        if (stamp.time() == 0) {
            timeless++;
            return;
        }
        maker.make(rule, row, evidence(source, stamp, line, index), this::use);
    }

    /// Folds the alert of a rule for an event; false: the rule has no `suppress`, or the event no time.
    boolean folds(Rule rule, Row row, EventsRun.Stamp stamp, long line, long index) {
        if (rule.suppress() == null || stamp.time() == 0) return false;
        correlator.suppress(folded.alert(rule, row, evidence(rule.source(), stamp, line, index)));
        return true;
    }

    private Evidence evidence(String source, EventsRun.Stamp stamp, long line, long index) {
        return new Evidence(source, stamp.time(), "", stamp.hostname(), file, partition, line, (int) index, true);
    }

    private void use(Match match) {
        Correlation correlation = correlations.get(match.correlation());
        if (correlation != null && !correlation.atOnce()) waiting.add(correlation.name());
        correlator.match(match);
        output.giveBack(correlator);
    }

    /// An event of `source` was judged, so that its time has come; 0: it has none.
    void judged(String source, long time) {
        long latest = newest.merge(source, time, Math::max);
        if (ordered && latest - told.getOrDefault(source, 0L) >= SECOND) {
            told.put(source, latest);
            correlator.clock(source, partition, files, latest);
            output.pass(correlator, PASS);
        }
    }

    /// All files have ended. What `suppress` has folded is told, even if its time is not over.
    ///
    /// @param conclude whether time goes on until all that waits is decided
    void end(boolean conclude) {
        if (conclude) {
            finish();
            waiting.clear();
        } else {
            newest.forEach((source, time) -> correlator.clock(source, partition, files, time));
            output.pass(correlator, PASS);
        }
        open = true;
        correlator.endSuppression();
    }

    /// Names of the correlations that had matches, and for which time must pass before they raise alerts.
    Set<String> waiting() {
        return waiting;
    }

    /// Matches that were not used, since later events had been judged long before.
    long late() {
        return late;
    }

    /// Matches of events without a time.
    long timeless() {
        return timeless;
    }

    /// Alerts of each correlation, without later revisions, in load order.
    Map<String, Long> alerts() {
        return alerts;
    }

    private final class Output extends CorrelationOutput.Looped {
        @Override
        public void alert(CorrelatedAlert alert) {
            Correlation correlation = correlations.get(alert.correlation());
            if (correlation == null) return;
            if (alert.revision() == 0) alerts.merge(alert.correlation(), 1L, Long::sum);
            listener.raised(correlation, alert, open);
        }

        @Override
        public void ruleAlert(RuleAlert alert) {
            rules.rule(alert.rule()).ifPresent(rule -> listener.folded(rule, alert, open));
        }

        @Override
        public void late(Match match, long watermark) {
            late++;
        }
    }
}
