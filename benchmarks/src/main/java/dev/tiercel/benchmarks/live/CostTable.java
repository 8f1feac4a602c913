package dev.tiercel.benchmarks.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of [LiveCost] as text, a line at a time.
final class CostTable {
    /// Of threads that wake up less often, only the sum is printed.
    private static final double SELDOM = 0.5;

    private static final List<PipelinePart> PARTS = List.of(PipelinePart.values());
    private static final List<PipelinePart> NODE_PARTS =
            List.of(PipelinePart.COLLECTOR, PipelinePart.REST, PipelinePart.JVM, PipelinePart.OTHER);

    private final List<Column> columns;

    private record Column(String title, int width, Function<CostRow, String> cell) {}

    private CostTable(List<Column> columns) {
        this.columns = columns;
    }

    /// Of `up`, `collect`, or neither, and of another process if `beside` names it.
    static CostTable of(CostMode mode, Optional<String> beside) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("opens/s", 8, row -> rate(row.rate())));
        columns.add(new Column("made/s", 9, row -> whole(row.opens())));
        if (mode != CostMode.NEITHER) ours(columns, mode);
        beside.ifPresent(name -> beside(columns, name));
        return new CostTable(List.copyOf(columns));
    }

    private static void ours(List<Column> columns, CostMode mode) {
        columns.add(ours("events/s", 9, ours -> whole(ours.events())));
        columns.add(ours("lost", 7, ours -> whole((double) ours.lost())));
        columns.add(ours("dropped", 7, ours -> whole((double) ours.dropped())));
        columns.add(ours(mode.command(), 7, ours -> cores(ours.use().cores())));
        for (PipelinePart part : mode == CostMode.UP ? PARTS : NODE_PARTS) {
            columns.add(ours(
                    part.title(),
                    Math.max(6, part.title().length()),
                    ours -> cores(ours.use().cores(part))));
        }
        columns.add(ours("wake-ups/s", 10, ours -> whole(ours.use().wakeUps())));
        columns.add(ours("MiB", 5, ours -> mebibytes(ours.use())));
        if (mode != CostMode.UP) return;
        columns.add(ours("alerts", 9, ours -> ours.latencies().count() + "/" + ours.markers()));
        columns.add(ours("p50 ms", 7, ours -> millis(ours.latencies().millis(0.5))));
        columns.add(ours("p99 ms", 7, ours -> millis(ours.latencies().millis(0.99))));
    }

    private static Column ours(String title, int width, Function<CostRow.Ours, String> cell) {
        return new Column(title, width, row -> row.ours().map(cell).orElse(""));
    }

    private static void beside(List<Column> columns, String name) {
        columns.add(new Column("|", 1, row -> "|"));
        columns.add(beside(name, Math.max(7, name.length()), use -> cores(use.cores())));
        columns.add(beside("wake-ups/s", 10, use -> whole(use.wakeUps())));
        columns.add(beside("threads", 7, use -> whole(use.threads().size())));
        columns.add(beside("MiB", 5, CostTable::mebibytes));
        columns.add(beside("drops", 5, use -> "n/a"));
    }

    private static Column beside(String title, int width, Function<ProcessUse, String> cell) {
        return new Column(title, width, row -> row.beside().map(cell).orElse(""));
    }

    /// Titles of the columns.
    String header() {
        return line(Column::title);
    }

    String row(CostRow row) {
        return line(column -> column.cell().apply(row));
    }

    private String line(Function<Column, String> cell) {
        return columns.stream()
                .map(column -> String.format(Locale.ROOT, "%" + column.width() + "s", cell.apply(column)))
                .collect(Collectors.joining("  "));
    }

    /// Who wakes up: one line a thread, the busiest first, those of equal name together.
    static String threads(ProcessUse use) {
        List<ProcessUse.ThreadUse> merged = merged(use);
        double seldom = merged.stream()
                .map(ProcessUse.ThreadUse::wakeUps)
                .filter(wakeUps -> wakeUps < SELDOM)
                .mapToDouble(Double::doubleValue)
                .sum();
        Stream<String> lines = merged.stream()
                .filter(thread -> thread.wakeUps() >= SELDOM)
                .map(thread ->
                        thread(thread.wakeUps(), thread.cores(), thread.part().title(), thread.name()));
        String title = String.format(Locale.ROOT, "%10s  %7s  %-9s  %s", "wake-ups/s", "cores", "part", "thread");
        String rest = String.format(Locale.ROOT, "%10.1f  all others together", seldom);
        return Stream.of(Stream.of(title), lines, Stream.of(rest))
                .flatMap(Function.identity())
                .collect(Collectors.joining("\n"));
    }

    private static String thread(double wakeUps, double cores, String part, String name) {
        return String.format(Locale.ROOT, "%10.1f  %7.4f  %-9s  %s", wakeUps, cores, part, name);
    }

    /// Numbers and ids in names are those of one run.
    private static List<ProcessUse.ThreadUse> merged(ProcessUse use) {
        return use.threads().stream()
                .collect(Collectors.groupingBy(
                        thread -> thread.name()
                                .replaceAll("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "*")
                                .replaceAll("\\d+", "*"),
                        Collectors.toList()))
                .entrySet()
                .stream()
                .map(same -> new ProcessUse.ThreadUse(
                        same.getKey()
                                + (same.getValue().size() > 1
                                        ? " (" + same.getValue().size() + ")"
                                        : ""),
                        same.getValue().getFirst().part(),
                        same.getValue().stream()
                                .mapToDouble(ProcessUse.ThreadUse::cores)
                                .sum(),
                        same.getValue().stream()
                                .mapToDouble(ProcessUse.ThreadUse::wakeUps)
                                .sum()))
                .sorted(Comparator.comparingDouble(ProcessUse.ThreadUse::wakeUps)
                        .reversed())
                .toList();
    }

    /// Names of the threads that belong to no part; empty if there are none.
    static String unknown(ProcessUse use) {
        return use.threads().stream()
                .filter(thread -> thread.part() == PipelinePart.OTHER)
                .map(ProcessUse.ThreadUse::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String rate(String rate) {
        return rate.matches("\\d+") ? whole(Double.parseDouble(rate)) : rate;
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%,d", Math.round(number));
    }

    private static String cores(double cores) {
        return String.format(Locale.ROOT, "%.3f", cores);
    }

    private static String millis(double millis) {
        return Double.isNaN(millis) ? "-" : String.format(Locale.ROOT, "%.1f", millis);
    }

    private static String mebibytes(ProcessUse use) {
        return whole(use.residentBytes() / 1048576.0);
    }
}
