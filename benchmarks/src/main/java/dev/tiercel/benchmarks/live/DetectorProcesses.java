package dev.tiercel.benchmarks.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Detectors of one application, each a process; all end when this is closed.
///
/// @param application the consumer group of their stream threads
/// @param settings    of each, `KEY=VALUE`
record DetectorProcesses(
        BrokerForCollect broker,
        Path folder,
        List<String> launcher,
        String application,
        List<String> settings,
        List<TiercelChild> children)
        implements AutoCloseable {
    DetectorProcesses(
            BrokerForCollect broker, Path folder, List<String> launcher, String application, List<String> settings) {
        this(broker, folder, launcher, application, settings, new ArrayList<>());
    }

    /// A process and its state directory.
    record Running(TiercelChild child, Path state) {
        /// Its id in the consumer group, but for the number of the thread.
        String instanceId() throws IOException {
            return Files.readString(state.resolve("instance-id")).strip();
        }

        /// Bytes of the files of its state directory.
        long bytes() {
            try (Stream<Path> files = Files.walk(state)) {
                return files.map(Path::toFile).mapToLong(file -> file.length()).sum();
            } catch (IOException | UncheckedIOException _) {
                return 0; // a file went meanwhile
            }
        }
    }

    /// An empty state directory.
    Path fresh() throws IOException {
        return Files.createTempDirectory(folder, "state");
    }

    /// Starts one without waiting.
    Running launch(Path state, List<String> more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("detect"));
        arguments.addAll(List.of("--bootstrap", broker.bootstrapServers(), "--registry", broker.registry()));
        List<String> all = new ArrayList<>(List.of(
                "health.port=0",
                "detector.application-id=" + application,
                "detector.state-dir=" + state,
                "detector.correlations.budget.matches=0"));
        all.addAll(settings);
        all.addAll(more);
        all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        Running started = new Running(TiercelChild.launch(launcher, arguments, line -> {}), state);
        children.add(started.child());
        return started;
    }

    /// Starts one and waits until its tasks run.
    Running start(Path state, List<String> more) throws IOException, InterruptedException {
        Running started = launch(state, more);
        started.child().awaitReady();
        return started;
    }

    @Override
    public void close() {
        children.forEach(TiercelChild::close);
    }
}
