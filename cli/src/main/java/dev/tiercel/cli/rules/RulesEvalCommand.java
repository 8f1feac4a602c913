package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.DataOutput;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Terminal;
import dev.tiercel.cli.output.Console;
import dev.tiercel.detector.AlertText;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.json.JsonRow;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.sinks.AlertLine;
import dev.tiercel.sinks.OutputFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Evaluates rules, or one filter, over events in files.
@Command(
        name = "eval",
        description = {
            "Evaluate rules, or one filter, over events given as JSON, one object of field to value a line.",
            "Prints the alerts of rules, or the numbers of the lines that pass the filter; counts go to stderr.",
            "Done (0) whether or not anything matches; answers no (1) if the rules do not compile, or a line is no"
                    + " event: such lines are reported and passed over.",
            "Example: tiercel rules eval --events capture.jsonl.gz --filter 'evt.type = execve and proc.tty != 0'"
        })
final class RulesEvalCommand implements Callable<Integer> {
    private static final int REPORTED_BAD_LINES = 10;
    private static final long PROGRESS_NANOS = 2_000_000_000L;
    private static final String STDIN = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-e", "--events"},
            required = true,
            arity = "1..*",
            paramLabel = "FILE|-",
            description = "Files of events, gzip or not; - is standard input.")
    private List<String> files = List.of();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "CONDITION",
            description = "Evaluate this condition in place of rules.")
    private Optional<String> filter = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "OUTPUT",
            description = "Print this of each event that passes the filter, such as '%%evt.time %%proc.cmdline'.")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = FieldCatalog.SYSCALL,
            description = "Event source of the filter, and of events without evt.source (default: ${DEFAULT-VALUE}).")
    private String source = FieldCatalog.SYSCALL;

    @Option(names = "--all", description = "All rules that an event matches, not only the first (rule_matching: all).")
    private boolean all;

    @Option(names = "--count", description = "Print how many events match, each rule for itself, and no matches.")
    private boolean count;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "json",
            description = "Print alerts as Falco's JSON or as its text (default: ${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.JSON;

    @Option(names = "--time-format-iso-8601", description = "Print date and time in UTC, not the local time of day.")
    private boolean iso8601;

    @Override
    public Integer call() {
        requireSense();
        Console console = new Console(spec.commandLine().getErr());
        Optional<RuleSet> compiled = filter.isPresent() ? Optional.of(filterSet(filter.get())) : ruleSet(console);
        if (compiled.isEmpty()) {
            return ExitCode.NO.number();
        }
        ZoneId zone = ZoneId.systemDefault();
        AlertLine line = AlertLine.forTerminal(
                output,
                Terminal.isInteractive(),
                Optional.ofNullable(System.getenv("NO_COLOR")).orElse(""));
        EvalPrinter printer =
                new EvalPrinter(what(), new AlertText(iso8601, zone), line, DataOutput.stream(spec.commandLine()));
        long started = System.nanoTime();
        Reports reports = new Reports(console, printer, Terminal.isInteractive() ? started : Long.MAX_VALUE);
        EventsRun run = new EventsRun(compiled.get(), source, zone, reports);
        for (String file : files) {
            judge(file, run, printer, reports);
        }
        if (count) {
            printCounts(run, printer);
        }
        printer.flush();
        summarize(run, console, System.nanoTime() - started);
        return (run.badLines() == 0 ? ExitCode.DONE : ExitCode.NO).number();
    }

    private void requireSense() {
        if (filter.isPresent() && rules.given()) {
            throw new ParameterException(spec.commandLine(), "--filter takes the place of --rules: give one of them");
        }
        if (format.isPresent() && filter.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--format is for --filter: rules have their own outputs");
        }
        if (!FieldCatalog.bySource().containsKey(source)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--source " + source + " is not known: "
                            + String.join(", ", FieldCatalog.bySource().keySet()));
        }
    }

    private RuleSet filterSet(String condition) {
        try {
            return FilterRule.compile(condition, format.orElse("%evt.num"), source);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--filter or --format: " + e.getMessage(), e);
        }
    }

    private Optional<RuleSet> ruleSet(Console console) {
        CompileOptions options = CompileOptions.defaults().withMatching(all ? RuleMatching.ALL : RuleMatching.FIRST);
        Compilation compilation = RuleCompiler.compile(rules.sources().read(), options);
        compilation.diagnostics(Severity.ERROR).forEach(diagnostic -> console.print(diagnostic.summary()));
        return compilation.ruleSet();
    }

    private EvalPrinter.What what() {
        if (count) {
            return EvalPrinter.What.NOTHING;
        }
        return filter.isEmpty()
                ? EvalPrinter.What.ALERT
                : format.isEmpty() ? EvalPrinter.What.LINE_NUMBER : EvalPrinter.What.FORMAT;
    }

    private void judge(String file, EventsRun run, EvalPrinter printer, Reports reports) {
        reports.file(file.equals(STDIN) ? "stdin" : file);
        printer.file(files.size() > 1 ? file : "");
        try (InputStream in = file.equals(STDIN) ? System.in : Files.newInputStream(Path.of(file));
                EventLines lines = EventLines.of(in, printer::flush)) {
            run.judge(lines, printer::closed);
        } catch (IOException e) {
            printer.flush();
            throw new EnvironmentException("%s cannot be read: %s".formatted(file, e));
        }
    }

    private void printCounts(EventsRun run, EvalPrinter printer) {
        run.matches().forEach((rule, matches) -> {
            if (filter.isPresent()) {
                printer.println(Long.toString(matches));
            } else if (matches > 0) {
                printer.println(matches + "\t" + rule.name());
            }
        });
    }

    private void summarize(EventsRun run, Console console, long nanos) {
        long matches =
                run.matches().values().stream().mapToLong(Long::longValue).sum();
        console.print(String.format(
                Locale.ROOT,
                "%s, %s, %s, %.1f s, %d events/s",
                Console.counted(run.events(), "event"),
                matches + (matches == 1 ? " match" : " matches"),
                Console.counted(run.badLines(), "bad line"),
                nanos / 1e9,
                Math.round(run.events() * 1e9 / Math.max(nanos, 1))));
        if (filter.isEmpty() && !count) {
            run.matches().forEach((rule, number) -> {
                if (number > 0) {
                    console.print("%8d  %s".formatted(number, rule.name()));
                }
            });
        }
    }

    /// Passes matches on to the printer, and says what a person should know meanwhile.
    private static final class Reports implements EventsRun.Listener {
        private final Console console;
        private final EvalPrinter printer;
        private String file = "";
        private long lastSaid;
        private int reported;

        /// @param started moment from which progress is due, of [System#nanoTime()]; [Long#MAX_VALUE]: never
        Reports(Console console, EvalPrinter printer, long started) {
            this.console = console;
            this.printer = printer;
            this.lastSaid = started;
        }

        void file(String name) {
            file = name;
        }

        @Override
        public void matched(Rule rule, JsonRow row, long line) {
            printer.matched(rule, row, line);
        }

        @Override
        public void bad(long line, String reason) {
            reported++;
            if (reported <= REPORTED_BAD_LINES) {
                console.print(AlertLine.harmless(file + ":" + line + ": " + reason));
            } else if (reported == REPORTED_BAD_LINES + 1) {
                console.print(file + ":" + line + ": and so on; the rest is only counted");
            }
        }

        @Override
        public void progress(long events) {
            if (lastSaid != Long.MAX_VALUE && System.nanoTime() - lastSaid > PROGRESS_NANOS) {
                lastSaid = System.nanoTime();
                console.print(file + ": " + events + " events so far");
            }
        }
    }
}
