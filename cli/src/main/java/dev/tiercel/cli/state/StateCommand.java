package dev.tiercel.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.settings.DataDirectory;
import dev.tiercel.cli.settings.HealthAccess;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.service.ClientTls;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Settings;
import dev.tiercel.service.Suggestions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows what the correlations of running detectors hold.
@Command(
        name = "state",
        description = {
            "Show what correlations hold: all of them, the keys of one, or one key.",
            "Asks the detector of your `up`, by health.properties in --data; or those of --at, with the password of --set health.password=… or --config. Instances that know each other (kafka.application.server) need one --at.",
            "What is shown is as of each detector's last commit. Exits 1 if there is no such key.",
            "--export writes all keys with all that they hold, what first_seen has learnt too, as one JSON object a line. An export that is not complete says what it lacks, and exits 3."
        })
public final class StateCommand implements Callable<Integer> {
    /// Addresses of a server that listens on all of its machine.
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CORRELATION",
            description = "Name of a correlation: show its keys.")
    private String correlation = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY",
            description = "The parts of one key, in the order of group-by: show only that.")
    private List<String> key = List.of();

    @Option(names = "--at", paramLabel = "HOST:PORT", description = "Health server of a detector; repeatable.")
    private List<String> addresses = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Most keys to show, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write every key of CORRELATION to a new file, or - for stdout.")
    private String export = "";

    @Mixin
    private DataDirectory data = new DataDirectory();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        if (limit < 1 || limit > 10_000) {
            throw new ParameterException(spec.commandLine(), "--limit=" + limit + ": must be from 1 to 10000");
        }
        List<String> path = new ArrayList<>();
        if (!correlation.isEmpty()) path.add(correlation);
        path.addAll(key);
        boolean exports = isGiven("--export");
        if (exports) requireExportable();
        HealthAccess access = access();
        StateClient client = new StateClient(access.password(), trust(access));
        List<StateClient.Answer> answers = ask(client, access, path);
        if (exports) return export(client, answers);
        PrintWriter out = spec.commandLine().getOut();
        if (path.isEmpty()) {
            StateOverview.of(answers).print(out, print.json());
        } else {
            return keys(StateKeys.of(answers), out);
        }
        return ExitCode.SUCCESS.number();
    }

    private int keys(StateKeys keys, PrintWriter out) {
        keys.print(out, limit, print.json());
        if (key.isEmpty() || !keys.isEmpty()) return ExitCode.SUCCESS.number();
        new Console(spec.commandLine().getErr())
                .print("'%s' has no key %s: nothing of it matched, or it is forgotten%s"
                        .formatted(correlation, String.join(" ", key), keys.missing()));
        return ExitCode.CHECK_FAILED.number();
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private void requireExportable() {
        String wrong = "";
        if (export.isEmpty()) wrong = "--export needs the name of a file, or -";
        if (isGiven("--limit")) wrong = "--export is of all keys, without --limit";
        if (!key.isEmpty()) wrong = "--export is of all keys; one KEY is shown whole by -o json";
        if (correlation.isEmpty()) wrong = "--export is of one CORRELATION; `tiercel state` lists them";
        if (!wrong.isEmpty()) throw new ParameterException(spec.commandLine(), wrong);
    }

    private int export(StateClient client, List<StateClient.Answer> answers) {
        Console console = new Console(spec.commandLine().getErr());
        String counts;
        if (export.equals("-")) {
            PrintWriter out = spec.commandLine().getOut();
            counts = export(new StateExport(client, correlation, out, console), answers, "stdout");
        } else {
            try (ExportFile file = new ExportFile(Path.of(export))) {
                StateExport running = new StateExport(client, correlation, file.writer(), console);
                counts = export(running, answers, file.incomplete().toString());
                file.complete();
            } catch (IOException failure) {
                throw unwritten(export, failure);
            }
        }
        console.print("exported " + counts + " of '" + correlation + "'");
        return ExitCode.SUCCESS.number();
    }

    /// Returns what was written.
    ///
    /// @throws EnvironmentException if something is lacking
    private static String export(StateExport running, List<StateClient.Answer> answers, String where) {
        try {
            running.run(answers);
        } catch (IOException failure) {
            throw unwritten(where, failure);
        }
        if (running.problems().isEmpty()) return running.counts();
        throw new EnvironmentException("the export is not complete: %s in %s; lacking: %s"
                .formatted(running.counts(), where, running.problems()));
    }

    private static EnvironmentException unwritten(String where, IOException failure) {
        return new EnvironmentException("cannot write to " + where + ": " + PlainCause.of(failure), failure);
    }

    private List<StateClient.Answer> ask(StateClient client, HealthAccess access, List<String> path) {
        List<String> asked = addresses.isEmpty() ? List.of(access.address()) : addresses;
        List<StateClient.Answer> answers = client.ask(asked, path, limit);
        for (StateClient.Answer answer : answers) requireFound(answer);
        return answers;
    }

    private void requireFound(StateClient.Answer answer) {
        switch (answer.status()) {
            case 200 -> {}
            case 400 -> throw new ParameterException(spec.commandLine(), answer.error());
            case 404 -> throw unknown(answer);
            default ->
                throw new EnvironmentException(
                        "the detector at " + answer.address() + " cannot tell now: " + answer.error());
        }
    }

    private ParameterException unknown(StateClient.Answer answer) {
        List<String> known = new ArrayList<>();
        for (JsonNode name : answer.body().path("correlations")) known.add(name.asText());
        Optional<String> closest = Suggestions.closest(correlation, known);
        return new ParameterException(
                spec.commandLine(),
                answer.error()
                        + closest.map(name -> "; did you mean '" + name + "'?").orElse("; `tiercel state` lists them"));
    }

    /// The password that settings give, or that of the data directory, which goes to its own `up` alone.
    private HealthAccess access() {
        HealthConfig health = health();
        boolean tls = health.tls().isPresent() || health.authorities().isPresent();
        if (!health.password().isEmpty()) {
            String host = EVERYWHERE.contains(health.host()) ? "localhost" : health.host();
            return new HealthAccess(host + ":" + health.port(), health.password(), tls);
        }
        HealthAccess own = ownAccess();
        return new HealthAccess(own.address(), own.password(), own.tls() || tls);
    }

    private Optional<ClientTls> trust(HealthAccess access) {
        return access.tls() ? Optional.of(new ClientTls(health().authorities())) : Optional.empty();
    }

    private HealthConfig health() {
        Settings read = settings.read(Map.of(), "registry.", "kafka.");
        HealthConfig health = HealthConfig.from(read);
        read.requireValid();
        return health;
    }

    private HealthAccess ownAccess() {
        HealthAccess own = HealthAccess.of(data.path())
                .orElseThrow(
                        () -> new EnvironmentException(
                                "no detector to ask: there is no %s; is `tiercel up` running"
                                                .formatted(HealthAccess.file(data.path()))
                                        + " (--data names its directory)? Others need --at HOST:PORT and --set health.password=…"));
        if (own.password().isEmpty()) {
            throw new EnvironmentException("`up` runs without passwords (--insecure), so it shows no keys;"
                    + " give both it and this --set health.password=…");
        }
        if (own.address().endsWith(":0")) {
            throw new EnvironmentException("`up` serves no state: health.enabled is false");
        }
        if (!addresses.isEmpty() && !addresses.equals(List.of(own.address()))) {
            throw new EnvironmentException("the password in " + HealthAccess.file(data.path()) + " is only for "
                    + own.address() + "; give that of --at with --set health.password=… or --config");
        }
        return own;
    }
}
