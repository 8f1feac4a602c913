package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.DataOutput;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.detector.AlertText;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.kevent.KevReader;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.service.PlainCause;
import dev.tiercel.sinks.AlertFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "Evaluate rules, or one filter, over events: of a recording (`tiercel record`), or given as JSON Lines, one"
                    + " object of fields per line.",
            "With --source, events may also be the source's own documents: an audit event of Kubernetes, a record of"
                    + " CloudTrail, any JSON; a line or a file holds one, an array, or what the source delivers together.",
            "Prints alerts, or the numbers of the lines that match the filter; counts go to stderr.",
            "Correlations are evaluated, too, and 'suppress' folds alerts, in the time of the events: each file has its own.",
            "Exits 0 whether or not anything matches; 1 if the rules do not compile or a line is not an event. Such lines"
                    + " are reported and skipped.",
            "Example: tiercel rules eval --events capture.jsonl.gz --filter 'evt.type = execve and proc.tty != 0'",
            "Example: tiercel rules eval --events audit.log --source k8s_audit --filter 'ka.target.subresource = exec'"
        })
final class RulesEvalCommand implements Callable<Integer> {
    private static final String STDIN = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-e", "--events"},
            required = true,
            arity = "1..*",
            paramLabel = "FILE|-",
            description = "Recordings, or files of JSON Lines, optionally gzipped; - is standard input (JSON Lines).")
    private List<String> files = List.of();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private AddedOutput added = new AddedOutput();

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "CONDITION",
            description = "Evaluate this condition instead of rules.")
    private Optional<String> filter = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "OUTPUT",
            description = "Print this for each event that matches the filter, such as '%%evt.time %%proc.cmdline'.")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = FieldCatalog.SYSCALL,
            description = "Event source of the filter, of documents, and of events without evt.source (default:"
                    + " ${DEFAULT-VALUE}).")
    private String source = FieldCatalog.SYSCALL;

    @Option(
            names = "--all",
            description = "Report every rule that an event matches, not only the first (rule_matching: all).")
    private boolean all;

    @Option(names = "--count", description = "Print only the number of matching events, per rule.")
    private boolean count;

    @Option(
            names = "--conclude",
            description =
                    "At the end of the input, let time go on until correlations have decided all that waits for it.")
    private boolean conclude;

    @Option(
            names = "--unordered",
            description = "The events of a file are not in the order of time: correlations wait for its end, and keep"
                    + " all until then.")
    private boolean unordered;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "json",
            description = "Print alerts as Falco's JSON or as its text (default: ${DEFAULT-VALUE}).")
    private AlertFormat output = AlertFormat.JSON;

    @Option(names = "--time-format-iso-8601", description = "Print date and time in UTC, not the local time of day.")
    private boolean iso8601;

    @Override
    public Integer call() {
        requireValidOptions();
        Console console = new Console(spec.commandLine().getErr());
        Optional<RuleSet> compiled = filter.isPresent() ? Optional.of(filterSet(filter.get())) : ruleSet(console);
        if (compiled.isEmpty()) {
            return ExitCode.CHECK_FAILED.number();
        }
        ZoneId zone = ZoneId.systemDefault();
        EvalPrinter printer = new EvalPrinter(
                what(),
                new AlertText(iso8601, zone),
                PrintOptions.alertLine(output),
                DataOutput.stream(spec.commandLine()));
        EvalReporter reporter = new EvalReporter(console, printer);
        FileCorrelations correlations = correlations(compiled.get(), printer);
        EventsRun run = new EventsRun(compiled.get(), source, zone, reporter, correlations);
        for (String file : files) {
            if (correlations != null) correlations.file(file);
            judge(file, run, printer, reporter);
        }
        if (correlations != null) correlations.end(conclude);
        if (count) {
            printCounts(run, correlations, printer);
        }
        printer.flush();
        reporter.summary(run, correlations, filter.isEmpty() && !count);
        return (run.badLines() == 0 ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED).number();
    }

    private @Nullable FileCorrelations correlations(RuleSet compiled, EvalPrinter printer) {
        boolean needed = !compiled.correlations().isEmpty()
                || compiled.rules().stream().anyMatch(rule -> rule.suppress() != null);
        return needed ? new FileCorrelations(compiled, files.size(), !unordered, printer) : null;
    }

    private void requireValidOptions() {
        if (filter.isPresent() && rules.given()) {
            throw new ParameterException(spec.commandLine(), "--filter replaces --rules: give only one of them");
        }
        if (format.isPresent() && filter.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--format requires --filter: rules have their own outputs");
        }
        if (!FieldCatalog.bySource().containsKey(source)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--source " + source + " is unknown; known: "
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
        CompileOptions options = CompileOptions.defaults()
                .withMatching(all ? RuleMatching.ALL : RuleMatching.FIRST)
                .withExtraOutputs(added.outputs());
        Compilation compilation = RuleCompiler.compile(rules.sources().read(), options);
        Diagnostics.printErrors(compilation, console);
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

    private void judge(String file, EventsRun run, EvalPrinter printer, EvalReporter reporter) {
        reporter.file(file.equals(STDIN) ? "stdin" : file);
        printer.file(files.size() > 1 ? file : "");
        if (!file.equals(STDIN) && isRecording(Path.of(file))) {
            judgeRecording(Path.of(file), run, printer);
            return;
        }
        try (InputStream in = file.equals(STDIN) ? System.in : Files.newInputStream(Path.of(file));
                EventLines lines = EventLines.of(in, printer::flush)) {
            run.judge(lines, printer::closed);
        } catch (IOException e) {
            printer.flush();
            throw new EnvironmentException("cannot read %s: %s".formatted(file, PlainCause.of(e)));
        }
    }

    private static void judgeRecording(Path file, EventsRun run, EvalPrinter printer) {
        try {
            run.judge(file, printer::closed);
        } catch (IOException e) {
            printer.flush();
            throw new EnvironmentException("cannot read %s: %s".formatted(file, PlainCause.of(e)));
        }
    }

    /// Whether the file starts like one of `tiercel record`; false if it cannot be read.
    private static boolean isRecording(Path file) {
        if (!Files.isRegularFile(file)) return false;
        try {
            return KevReader.isRecording(file);
        } catch (IOException e) {
            return false; // reading its lines says why
        }
    }

    private void printCounts(EventsRun run, @Nullable FileCorrelations correlations, EvalPrinter printer) {
        run.matches().forEach((rule, matches) -> {
            if (filter.isPresent()) {
                printer.println(Long.toString(matches));
            } else if (matches > 0) {
                printer.println(matches + "\t" + rule.name());
            }
        });
        if (correlations != null) {
            correlations.alerts().forEach((name, alerts) -> {
                if (alerts > 0) printer.println(alerts + "\t" + name);
            });
        }
    }
}
