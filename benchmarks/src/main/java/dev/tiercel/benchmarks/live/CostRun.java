package dev.tiercel.benchmarks.live;

import dev.tiercel.cli.output.EnvironmentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// One run of [LiveCost]: starts what is measured, warms it up, measures one rate after the other.
final class CostRun {
    private static final String WARM_UP_RATE = "20000";
    private static final Duration FIRST_ALERT_WITHIN = Duration.ofSeconds(30);
    private static final Duration ALERTS_WITHIN = Duration.ofSeconds(5);

    private final Plan plan;
    private final Path folder;
    private final Optional<OtherProcess> other;
    private final PrintWriter out;
    private final PrintWriter err;
    private final MarkerAlerts alerts = new MarkerAlerts();

    /// @param markers  a second, unless the rate is [CostRow#IDLE]
    /// @param warmUp   seconds
    /// @param settle   seconds at each rate before it is measured
    /// @param seconds  measured at each rate
    /// @param rules    files; empty: the default rules
    /// @param settings `KEY=VALUE`
    /// @param launcher command line of `tiercel`
    record Plan(
            CostMode mode,
            List<String> rates,
            int markers,
            int warmUp,
            int settle,
            int seconds,
            List<Path> rules,
            List<String> settings,
            List<String> launcher) {}

    /// All that is read at one moment.
    private record Moment(
            LoadProcess.Count load,
            long takenAt,
            @Nullable CollectorCount collector,
            @Nullable ProcessSample ours,
            @Nullable ProcessSample other) {}

    /// @param folder an empty one, for data and for the files of the load
    CostRun(Plan plan, Path folder, Optional<OtherProcess> other, CommandLine console) {
        this.plan = plan;
        this.folder = folder;
        this.other = other;
        this.out = console.getOut();
        this.err = console.getErr();
    }

    /// Measures and prints.
    ///
    /// @throws EnvironmentException if what is measured does not start, ends, or raises no alert
    List<CostRow> measure() throws IOException, InterruptedException {
        if (plan.mode() == CostMode.NEITHER) return measure(null);
        TiercelLaunch launch = new TiercelLaunch(plan, folder);
        launch.build();
        if (plan.mode() == CostMode.UP) {
            try (TiercelChild up = launch.up(alerts::accept)) {
                return measure(up);
            }
        }
        try (BrokerForCollect broker = BrokerForCollect.start(folder);
                TiercelChild collect = launch.collect(broker)) {
            return measure(collect);
        }
    }

    private List<CostRow> measure(@Nullable TiercelChild child) throws IOException, InterruptedException {
        List<CostRow> rows = new ArrayList<>();
        CostTable table = CostTable.of(plan.mode(), other.map(OtherProcess::name));
        try (LoadProcess load = LoadProcess.start(folder)) {
            if (plan.mode() == CostMode.UP) requireAlerts(load);
            progress("warming up for " + plan.warmUp() + " s");
            load.rate(WARM_UP_RATE, plan.markers());
            TimeUnit.SECONDS.sleep(plan.warmUp());
            out.println(table.header());
            for (String rate : plan.rates()) {
                CostRow row = measure(rate, load, child);
                rows.add(row);
                out.println(table.row(row));
            }
        }
        rows.stream().filter(CostRow::isAtRest).findFirst().ifPresent(this::printThreads);
        rows.stream()
                .flatMap(row -> row.ours().stream())
                .reduce((_, last) -> last)
                .ifPresent(this::printUnknown);
        return rows;
    }

    /// The figures mean nothing if the pipeline does not work.
    private void requireAlerts(LoadProcess load) throws IOException, InterruptedException {
        load.rate("0", Math.max(1, plan.markers()));
        if (alerts.await(0, 1, FIRST_ALERT_WITHIN).count() == 0) {
            throw new EnvironmentException(
                    "up raises no alert for the marker files; do other rules match them first? See --rules");
        }
    }

    private CostRow measure(String rate, LoadProcess load, @Nullable TiercelChild child)
            throws IOException, InterruptedException {
        progress(rate.matches("\\d+") ? rate + " opens per second" : rate);
        set(load, rate);
        Map<Integer, String> names = names(child);
        TimeUnit.SECONDS.sleep(plan.settle());
        Moment before = start(rate, load, child);
        TimeUnit.SECONDS.sleep(plan.seconds());
        Moment after = end(rate, load, child);
        names.putAll(names(child));
        double seconds = (after.takenAt() - before.takenAt()) / 1e9;
        return new CostRow(
                rate,
                (after.load().opens() - before.load().opens()) / seconds,
                ours(before, after, names),
                use(before.other(), after.other(), Map.of()));
    }

    /// Asked for before and after what is measured, since the answer costs. Never of the other process, which may
    /// be no JVM and have no use for the signal.
    private static Map<Integer, String> names(@Nullable TiercelChild child) throws IOException {
        return child == null ? new HashMap<>() : ThreadNames.of(child.pid());
    }

    private LoadProcess.Count set(LoadProcess load, String rate) throws IOException {
        return rate.equals(CostRow.IDLE) ? load.rate("0", 0) : load.rate(rate, plan.markers());
    }

    /// The collector's counts first, since reading them is work.
    private Moment start(String rate, LoadProcess load, @Nullable TiercelChild child)
            throws IOException, InterruptedException {
        CollectorCount collector = count(child);
        return moment(rate, load, child, collector);
    }

    /// The collector's counts last, for the same reason.
    private Moment end(String rate, LoadProcess load, @Nullable TiercelChild child)
            throws IOException, InterruptedException {
        Moment processes = moment(rate, load, child, null);
        return new Moment(processes.load(), processes.takenAt(), count(child), processes.ours(), processes.other());
    }

    private Moment moment(
            String rate, LoadProcess load, @Nullable TiercelChild child, @Nullable CollectorCount collector)
            throws IOException {
        ProcessSample ours = child == null ? null : sample(child);
        ProcessSample beside = other.map(OtherProcess::sample).orElse(null);
        return new Moment(set(load, rate), System.nanoTime(), collector, ours, beside);
    }

    private static ProcessSample sample(TiercelChild child) throws IOException {
        child.requireAlive();
        return ProcessSample.read(Path.of("/proc", Long.toString(child.pid())));
    }

    private static @Nullable CollectorCount count(@Nullable TiercelChild child)
            throws IOException, InterruptedException {
        if (child == null) return null;
        child.requireAlive();
        return CollectorCount.fresh(URI.create("http://127.0.0.1:" + child.metricsPort() + "/metrics"));
    }

    private Optional<CostRow.Ours> ours(Moment before, Moment after, Map<Integer, String> names)
            throws InterruptedException {
        CollectorCount first = before.collector();
        CollectorCount last = after.collector();
        Optional<ProcessUse> use = use(before.ours(), after.ours(), names);
        if (first == null || last == null || use.isEmpty()) return Optional.empty();
        Latencies latencies = plan.mode() == CostMode.UP
                ? alerts.await(before.load().markers(), after.load().markers(), ALERTS_WITHIN)
                : new Latencies(List.of());
        return Optional.of(new CostRow.Ours(
                use.get(),
                (last.drained() - first.drained()) / ((last.takenAt() - first.takenAt()) / 1e9),
                Math.round(last.lost() - first.lost()),
                Math.round(last.dropped() - first.dropped()),
                after.load().markers() - before.load().markers(),
                latencies));
    }

    private static Optional<ProcessUse> use(
            @Nullable ProcessSample before, @Nullable ProcessSample after, Map<Integer, String> names) {
        return before == null || after == null
                ? Optional.empty()
                : Optional.of(ProcessUse.between(before, after, names));
    }

    private void printThreads(CostRow rest) {
        rest.ours()
                .ifPresent(ours -> out.printf(
                        "%nAt rest, threads of %s:%n%s%n", plan.mode().command(), CostTable.threads(ours.use())));
        rest.beside()
                .ifPresent(use -> out.printf(
                        "%nAt rest, threads of %s:%n%s%n",
                        other.map(OtherProcess::name).orElse(""), CostTable.threads(use)));
    }

    private void printUnknown(CostRow.Ours last) {
        String unknown = CostTable.unknown(last.use());
        if (!unknown.isEmpty()) out.printf("%nCounted as other, being known to no part: %s%n", unknown);
    }

    private void progress(String text) {
        err.println("LiveCost: " + text);
    }
}
