package dev.tiercel.benchmarks.live;

import dev.tiercel.benchmarks.TemporaryFolder;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.service.Lifecycle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What it costs to run Tiercel on a machine: CPU, wake-ups, memory, losses and latency of alerts at rates of opens.
///
/// `bin/bench LiveCost --help`, as root. A warm `./tiercel up` and the program that opens files are processes of their
/// own; the rest of the machine is seen, too, and should be idle.
@Command(
        name = "LiveCost",
        sortOptions = false,
        description = {
            "Measures what a warm `./tiercel up` costs while a program opens and closes files at a steady rate:",
            "CPU as parts of one core by group of threads, voluntary context switches (wake-ups) a second, losses,",
            "latency of alerts from the system call to the printed line, resident memory. Needs root and eBPF.",
            "The table goes to stdout as it is measured, progress to stderr. The rest of the machine is seen, too."
        })
public final class LiveCost implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "N",
            defaultValue = "idle,0,1000,5000,20000,60000,100000,max",
            description = {
                "Opens per second, in this order; max: as fast as it goes;",
                "idle: no markers either (default: ${DEFAULT-VALUE})."
            })
    private List<String> rates = List.of();

    @Option(
            names = "--markers",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "Files per second whose opening raises an alert, for its latency; 0: none (default: ${DEFAULT-VALUE}).")
    private int markers;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Seconds measured at each rate (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--settle",
            paramLabel = "N",
            defaultValue = "5",
            description = "Seconds at each rate before it is measured (default: ${DEFAULT-VALUE}).")
    private int settle;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "60",
            description = "Seconds of 20,000 opens per second before anything is measured (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--rules",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Rules files instead of the default rules, in this order.")
    private List<Path> rules = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of `up` or `collect`; repeatable.")
    private List<String> settings = List.of();

    @Option(
            names = "--collect",
            description = "Measure `./tiercel collect`, with a broker in another process, instead of `up`.")
    private boolean collect;

    @Option(
            names = "--beside",
            paramLabel = "NAME|PID",
            description = "Measure this process, such as falco, over the same load as well.")
    private @Nullable String beside;

    @Option(
            names = "--only-beside",
            paramLabel = "NAME|PID",
            description = "Measure this process alone; Tiercel is not started.")
    private @Nullable String onlyBeside;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures, those of each thread included.")
    private @Nullable Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this text.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = "--launcher",
            split = " ",
            hidden = true,
            description = "Command line of `tiercel`, blanks separate its words.")
    private List<String> launcher = List.of(System.getProperty("tiercel.root", ".") + "/tiercel");

    /// Runs it; exits with 2 if the command line is wrong, with 3 if something is missing or failed.
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    @SuppressWarnings("SystemOut")
    static int run(String... arguments) {
        return new CommandLine(new LiveCost())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler(LiveCost::explain)
                .setExecutionExceptionHandler(LiveCost::explain)
                .execute(arguments);
    }

    private static int explain(ParameterException wrong, String... arguments) {
        wrong.getCommandLine().getErr().println("LiveCost: " + wrong.getMessage() + "; see --help");
        return ExitCode.USAGE.number();
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        switch (failure) {
            case EnvironmentException said -> err.println("LiveCost: " + said.getMessage());
            case InterruptedException _ -> err.println("LiveCost: stopped");
            default -> failure.printStackTrace(err);
        }
        return ExitCode.ENVIRONMENT.number();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        CostRun.Plan plan =
                new CostRun.Plan(mode(), rates, markers, warmUp, settle, seconds, rules, settings, launcher);
        Optional<OtherProcess> other = other();
        Thread caller = Thread.currentThread();
        try (Lifecycle _ = new Lifecycle().stopOnSignals().onStop(caller::interrupt);
                TemporaryFolder folder = TemporaryFolder.create("tiercel-cost")) {
            CostRun run = new CostRun(plan, folder.path(), other, spec.commandLine());
            List<CostRow> rows = run.measure();
            if (json != null) Files.writeString(json, CostJson.text(plan, other, rows));
        }
        return ExitCode.SUCCESS.number();
    }

    private void check() {
        for (String rate : rates) {
            if (!rate.matches("\\d{1,9}|max|idle")) throw wrong("--rates=" + rate + ": must be a number, max or idle");
        }
        if (seconds < 1 || markers < 0) throw wrong("--seconds must be at least 1, --markers at least 0");
        if (warmUp < 0 || settle < 0) throw wrong("--warm-up and --settle must be at least 0");
        if (beside != null && onlyBeside != null) throw wrong("--beside and --only-beside exclude each other");
        if (onlyBeside != null && collect) throw wrong("--only-beside and --collect exclude each other");
        for (Path file : rules) {
            if (!Files.isReadable(file)) throw new EnvironmentException("cannot read rules file " + file);
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new EnvironmentException("needs root, for the probe and for /proc of other processes");
        }
        if (!Files.isReadable(Path.of("/sys/kernel/btf/vmlinux"))) {
            throw new EnvironmentException("needs a kernel with eBPF and BTF: there is no /sys/kernel/btf/vmlinux");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private CostMode mode() {
        if (onlyBeside != null) return CostMode.NEITHER;
        return collect ? CostMode.COLLECT : CostMode.UP;
    }

    private Optional<OtherProcess> other() throws IOException {
        String wanted = onlyBeside == null ? beside : onlyBeside;
        return wanted == null ? Optional.empty() : Optional.of(OtherProcess.find(Path.of("/proc"), wanted));
    }
}
