package dev.tiercel.benchmarks;

import dev.tiercel.fields.document.DocumentRow;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.BackEnd;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import dev.tiercel.schemas.avro.SourceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How many Kubernetes audit events a second one core judges, from decoded records; CPU time, three rule sets in
/// turns.
///
/// `bin/bench DocumentEvaluation [--rules FILE]… [--rounds N]`
///
/// `rules` are the files given (Falco's, say), or else a few of ours. `header` asks for what the header of a record
/// has; `one field` asks for one field of the document, so that it is indexed. Both back ends must give the same
/// matches before anything is timed.
public final class DocumentEvaluation {

    private static final String OURS = """
            - {rule: Pod with shell, desc: d, source: k8s_audit, priority: NOTICE,
               condition: ka.target.resource = pods and ka.target.subresource = exec, output: "%ka.user.name %ka.target.name"}
            - {rule: Privileged pod, desc: d, source: k8s_audit, priority: NOTICE,
               condition: ka.verb = create and ka.target.resource = pods and ka.req.pod.containers.privileged intersects (true),
               output: "%ka.req.pod.containers.image"}
            - {rule: Secret read, desc: d, source: k8s_audit, priority: NOTICE,
               condition: ka.verb = get and ka.target.resource = secrets and ka.auth.decision = allow, output: "%ka.user.name"}
            - {rule: Binding, desc: d, source: k8s_audit, priority: NOTICE,
               condition: ka.verb = create and ka.target.resource endswith rolebindings and ka.req.binding.role = cluster-admin,
               output: "%ka.user.name"}
            """;

    private static final String HEADER = """
            - {rule: Deletion by alice, desc: d, source: k8s_audit, priority: NOTICE, output: "%evt.time",
               condition: ka.verb = delete and ka.user.name startswith alice}
            - {rule: Creation elsewhere, desc: d, source: k8s_audit, priority: NOTICE, output: "%evt.time",
               condition: ka.verb = create and ka.cluster.name = test}
            """;

    private static final String ONE_FIELD = """
            - {rule: Level, desc: d, source: k8s_audit, priority: NOTICE, output: "%evt.time",
               condition: 'jevt.value[/level] = None'}
            """;

    private final SourceEvent[] events = AuditMix.events();
    private final int rounds;

    private DocumentEvaluation(int rounds) {
        this.rounds = rounds;
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException {
        List<RuleFile> files = new ArrayList<>();
        int rounds = 15;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--rules" -> files.add(file(Path.of(arguments[++i])));
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
        new DocumentEvaluation(rounds).run(files.isEmpty() ? List.of(new RuleFile("ours.yaml", OURS)) : files);
    }

    private static RuleFile file(Path path) throws IOException {
        return new RuleFile(path.getFileName().toString(), Files.readString(path));
    }

    private void run(List<RuleFile> files) {
        long bytes = Arrays.stream(events)
                .mapToLong(event -> event.getDocument().remaining())
                .sum();
        System.out.printf(Locale.ROOT, "%d events of %d bytes on average%n", events.length, bytes / events.length);
        List<Judge> judges = List.of(
                judge("rules", files),
                judge("header", List.of(new RuleFile("header.yaml", HEADER))),
                judge("one field", List.of(new RuleFile("one.yaml", ONE_FIELD))));
        double[][] nanos = new double[judges.size()][rounds];
        for (int round = -rounds; round < rounds; round++) {
            for (int i = 0; i < nanos.length; i++) {
                double spent = judges.get(i).nanosAnEvent();
                nanos[i][Math.max(round, 0)] = spent;
            }
        }
        for (int i = 0; i < nanos.length; i++) {
            judges.get(i).print(nanos[i]);
        }
        System.out.printf(
                Locale.ROOT,
                "header: %.3f of the cost of one field of the body%n",
                median(nanos[1]) / median(nanos[2]));
    }

    private Judge judge(String name, List<RuleFile> files) {
        Judge generated = new Judge(name, compile(files, BackEnd.GENERATED), events);
        long expected = new Judge(name, compile(files, BackEnd.CLOSURES), events).fingerprint();
        if (generated.fingerprint() != expected) {
            throw new IllegalStateException("the back ends disagree about " + name);
        }
        return generated;
    }

    private static RuleSet compile(List<RuleFile> files, BackEnd backEnd) {
        return RuleFixtures.compile(
                files, CompileOptions.defaults().withMatching(RuleMatching.ALL).withBackEnd(backEnd));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /// A rule set that judges the events again and again.
    private static final class Judge {
        private static final int WALKS = 20;

        private final String name;
        private final RuleSet rules;
        private final SourceEvent[] events;
        private final DocumentRow row;
        private final Evaluator evaluator;
        private long matches;
        private final MatchHandler count = _ -> matches++;

        Judge(String name, RuleSet rules, SourceEvent[] events) {
            this.name = name;
            this.rules = rules;
            this.events = events;
            row = new DocumentRow(AuditMix.SOURCE, rules.slots(), ZoneOffset.UTC);
            evaluator = rules.newEvaluator(AuditMix.SOURCE);
        }

        private void walk(MatchHandler handler) {
            for (SourceEvent event : events) {
                row.event(event);
                evaluator.evaluate(row, handler);
            }
        }

        /// A checksum of all matches and their events.
        long fingerprint() {
            long[] sum = new long[1];
            walk(rule -> sum[0] = (sum[0] * 31 + row.eventToken()) * 31 + rule.index());
            return sum[0];
        }

        double nanosAnEvent() {
            long start = ThreadCost.ofThis().cpuNanos();
            for (int i = 0; i < WALKS; i++) {
                walk(count);
            }
            return (double) (ThreadCost.ofThis().cpuNanos() - start) / WALKS / events.length;
        }

        void print(double[] nanos) {
            long before = ThreadCost.ofThis().allocatedBytes();
            matches = 0;
            walk(count);
            double bytes = (double) (ThreadCost.ofThis().allocatedBytes() - before) / events.length;
            double median = median(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %3d rules, %4d matches  %,11.0f events/s  (%.0f ns an event, %.0f to %.0f; %.0f bytes)%n",
                    name,
                    rules.rules().size(),
                    matches,
                    1e9 / median,
                    median,
                    Arrays.stream(nanos).min().orElse(0),
                    Arrays.stream(nanos).max().orElse(0),
                    bytes);
        }
    }
}
