package dev.tiercel.cli.demo;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.output.Terminal;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.service.Settings;
import dev.tiercel.service.Suggestions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Shows that the pipeline works.
@Command(
        name = "demo",
        description = {
            "Do a dozen suspicious but harmless things in a container, and show the alert that each raises and how soon.",
            "The container has no network, no capabilities and no mounts, and is removed at the end. On a terminal it is a guided tour.",
            "Watches the stack of docker-compose.yml if it runs, else your `up`; --bootstrap, --data, --config or --set name another pipeline, whose collector watches this machine.",
            "Exits 1 if an alert is missing."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// The reader of the alerts must start, too.
    private static final Duration START = Duration.ofSeconds(90);

    private static final String IMAGE = "tiercel:local";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--list",
            description = "Only print what would be done, why it is suspicious, and the rule it raises.")
    private boolean list;

    @Option(names = "--only", paramLabel = "NAME", description = "Only this action; repeatable.")
    private List<String> only = List.of();

    @Option(names = "--no-prompt", description = "Do not ask before each action, as without a terminal.")
    private boolean noPrompt;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "Project name of the stack (default: tiercel, as in docker-compose.yml).")
    private @Nullable String project;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description =
                    "Image of the container, with bash, perl and the coreutils; it is not pulled (default: that of the stack, else tiercel:local).")
    private @Nullable String image;

    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        List<DemoAction> actions = chosen();
        DemoPrinter printer =
                new DemoPrinter(spec.commandLine().getOut(), Colours.of(spec.commandLine()), print.json());
        if (list) {
            printer.list(actions);
            return ExitCode.SUCCESS.number();
        }
        Docker docker = new Docker("docker");
        docker.requireEngine();
        Optional<DemoStack> stack = stack(docker);
        String chosen =
                Optional.ofNullable(image).or(() -> stack.map(DemoStack::image)).orElse(IMAGE);
        try (AlertFeed alerts = stack.map(found -> found.alerts(docker)).orElseGet(this::brokers);
                DemoStage stage = DockerStage.of(docker, chosen)) {
            return run(new DemoRun(stage, alerts, PATIENCE), actions, printer);
        }
    }

    private List<DemoAction> chosen() {
        for (String name : only) {
            if (DemoActions.named(name).isEmpty()) throw unknown(name);
        }
        return DemoActions.all().stream()
                .filter(action -> only.isEmpty() || only.contains(action.name()))
                .toList();
    }

    private ParameterException unknown(String name) {
        List<String> names = DemoActions.all().stream().map(DemoAction::name).toList();
        String hint = Suggestions.closest(name, names)
                .map(closest -> "did you mean '" + closest + "'?")
                .orElse("--list shows them");
        return new ParameterException(spec.commandLine(), "--only: there is no action '%s'; %s".formatted(name, hint));
    }

    /// Empty if the options name another pipeline, or no stack runs.
    private Optional<DemoStack> stack(Docker docker) {
        boolean named = Stream.of("--bootstrap", "--data", "--config", "--set").anyMatch(this::isGiven);
        if (named && project == null) return Optional.empty();
        if (named) {
            throw new ParameterException(
                    spec.commandLine(), "--project is for the stack; another pipeline is named without it");
        }
        Optional<DemoStack> found =
                DemoStack.find(docker, Optional.ofNullable(project).orElse("tiercel"));
        if (found.isPresent()) return found;
        if (project != null) {
            throw new EnvironmentException(
                    "no stack of project '%s' runs here: docker compose --project-name %s up -d --wait, see docs/local-stack.md"
                            .formatted(project, project));
        }
        if (!broker.hasOwn()) {
            throw new EnvironmentException(
                    "nothing watches this machine: there is neither a stack (docker compose up -d --wait, docs/local-stack.md;"
                            + " --project names another than tiercel) nor an `up` of yours (--data names its directory)");
        }
        return found;
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private AlertFeed brokers() {
        Settings read = broker.settings(settings, "health.", "registry.");
        read.requireValid();
        return new TopicAlerts(read.kafka());
    }

    private int run(DemoRun run, List<DemoAction> actions, DemoPrinter printer) {
        Console console = new Console(spec.commandLine().getErr());
        requireWatched(run, console);
        boolean asks = !noPrompt && !print.json() && Terminal.isInteractive();
        List<DemoOutcome> outcomes = DemoTour.of(run, printer, asks, System.in).through(actions);
        printer.table(outcomes);
        return exitCode(outcomes, console);
    }

    private static void requireWatched(DemoRun run, Console console) {
        boolean watched = console.step("waiting for the first alert", () -> run.isWatched(START));
        if (!watched) {
            throw new EnvironmentException(
                    "no alert of container %s came within %d s: does a collector watch this machine (`tiercel sensors tail`), do detectors run the default rules (`tiercel rules status`)? See docs/local-stack.md#the-demo"
                            .formatted(run.stage().container(), START.toSeconds()));
        }
    }

    static int exitCode(List<DemoOutcome> outcomes, Console console) {
        List<String> missing = outcomes.stream()
                .filter(outcome -> outcome.alert().isEmpty())
                .map(outcome -> outcome.action().name())
                .toList();
        if (missing.isEmpty()) return ExitCode.SUCCESS.number();
        console.print(
                "no alert within %d s: %s. `tiercel rules status` shows which rules the detectors run, `tiercel sensors tail` what collectors saw and lost; see docs/local-stack.md#the-demo"
                        .formatted(PATIENCE.toSeconds(), String.join(", ", missing)));
        return ExitCode.CHECK_FAILED.number();
    }
}
