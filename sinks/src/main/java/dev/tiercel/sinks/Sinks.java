package dev.tiercel.sinks;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Worker;
import dev.tiercel.sinks.delivery.OutputMetrics;
import dev.tiercel.sinks.delivery.RunningOutput;
import dev.tiercel.sinks.plan.OutputPlan;
import dev.tiercel.sinks.plan.SinksFile;
import dev.tiercel.sinks.plan.SinksPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The outputs of a sinks file at work. When the file changes they are replaced, unless it has errors; each goes on
/// where its consumer group was.
public final class Sinks implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(Sinks.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);
    private static final long LONGEST_FILE = 1 << 20;

    private final Path file;
    private final Clients clients;
    private final OutputMetrics metrics;
    private final Worker watcher = new Worker("sinks-file", CLOSE_LIMIT);
    private final List<RunningOutput> outputs = new CopyOnWriteArrayList<>();
    private Consumer<Throwable> listener = failure -> {};
    private String content;
    private boolean closed;
    private volatile String trouble = "";

    /// What outputs need of their surroundings.
    ///
    /// @param kafka settings of Kafka's clients
    /// @param start as in [SinksConfig]
    public record Clients(Map<String, String> kafka, SchemaRegistry registry, Metrics metrics, String start) {}

    /// @throws IllegalArgumentException if the file cannot be read or has errors, with a message for users
    public Sinks(Path file, Clients clients) {
        this.file = file;
        this.clients = clients;
        metrics = new OutputMetrics(clients.metrics());
        content = content(file);
        SinksFile read = read(file, content);
        build(read.plan().orElseThrow(() -> new IllegalArgumentException(problems(read))));
    }

    /// Reads a sinks file, with the variables of this process.
    ///
    /// @throws IllegalArgumentException if it cannot be read, with a message for users
    public static SinksFile read(Path file) {
        return read(file, content(file));
    }

    private static SinksFile read(Path file, String content) {
        Path folder = file.toAbsolutePath().getParent();
        return SinksFile.read(file.toString(), content, folder == null ? Path.of("/") : folder, System.getenv());
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) throw new IOException("it is longer than 1 MiB");
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read " + file + ": " + PlainCause.of(unreadable), unreadable);
        }
    }

    private static String problems(SinksFile read) {
        return read.problems().stream().map(Diagnostic::text).collect(Collectors.joining("\n"));
    }

    private void build(SinksPlan plan) {
        for (OutputPlan output : plan.outputs()) {
            RunningOutput built = new RunningOutput(
                    output, plan.routes(), clients.kafka(), clients.registry(), metrics, clients.start());
            built.onFailure(listener);
            outputs.add(built);
        }
    }

    @Override
    public String name() {
        return "sinks";
    }

    @Override
    public void onFailure(Consumer<Throwable> told) {
        listener = told;
        outputs.forEach(output -> output.onFailure(told));
        watcher.onFailure(told);
    }

    @Override
    public void start() {
        outputs.forEach(RunningOutput::start);
        watcher.start(this::watch);
    }

    private void watch() throws InterruptedException {
        while (!watcher.closing()) {
            Thread.sleep(LOOK);
            look();
        }
    }

    private void look() {
        try {
            String now = content(file);
            if (now.equals(content)) {
                trouble = "";
                return;
            }
            SinksFile read = read(file, now);
            Optional<SinksPlan> plan = read.plan();
            if (plan.isEmpty()) {
                say(problems(read));
            } else {
                replace(plan.get());
                content = now;
                trouble = "";
                LOG.info("{} is in force: {}", file, describe());
            }
        } catch (IllegalArgumentException | KafkaException unusable) {
            say(PlainCause.of(unusable));
        }
    }

    /// One that fails half-way is made again at the next look.
    private synchronized void replace(SinksPlan plan) {
        if (closed) {
            plan.close();
            return;
        }
        outputs.forEach(RunningOutput::close);
        outputs.clear();
        build(plan);
        outputs.forEach(RunningOutput::start);
    }

    /// Once, as long as it stays the same.
    private void say(String problem) {
        if (!problem.equals(trouble))
            LOG.error("{} has changed, and cannot be used; the last one stays in force: {}", file, problem);
        trouble = problem;
    }

    private String describe() {
        return outputs.stream().map(RunningOutput::name).collect(Collectors.joining(", "));
    }

    @Override
    public Health check() {
        Health health = watcher.check();
        for (RunningOutput output : outputs) health = health.and(output.check());
        if (!trouble.isEmpty()) health = health.and(Health.failing(file + " cannot be used; the last one is in force"));
        return health.and(Health.ok(describe()));
    }

    @Override
    public void close() {
        watcher.close();
        closeOutputs();
    }

    private synchronized void closeOutputs() {
        closed = true;
        outputs.forEach(RunningOutput::close);
    }
}
