package dev.tiercel.cli.rules;

import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.CollectorCycle;
import dev.tiercel.collector.batch.Batch;
import dev.tiercel.collector.capture.KevSource;
import dev.tiercel.collector.publish.BatchPublisher;
import dev.tiercel.service.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The batches that a collector would publish of a recording.
final class RecordedBatches {
    private static final Duration END = Duration.ofMinutes(1);
    private static final Map<String, String> SETTINGS =
            Map.of("collector.container.wait", "0ms", "kafka.bootstrap.servers", "none:0");

    private RecordedBatches() {}

    /// Passes on the batches of `recording`, in order, until `stopped`.
    ///
    /// @throws IOException if it is not a recording, or cannot be read
    static void read(Path recording, Consumer<byte[]> batches, BooleanSupplier stopped) throws IOException {
        CollectorConfig config = CollectorConfig.from(Settings.of(SETTINGS)).ofRecording();
        try (CollectorCycle cycle = new CollectorCycle(
                config,
                KevSource.open(recording),
                new Passing(batches),
                new CollectorCycle.Encoding(0, report -> new byte[0]),
                System::nanoTime)) {
            boolean more = true;
            while (more && !stopped.getAsBoolean()) {
                more = cycle.doWork() > 0;
            }
            cycle.flush(END);
        }
    }

    private record Passing(Consumer<byte[]> batches) implements BatchPublisher {
        @Override
        public boolean offer(Batch batch) {
            batches.accept(batch.value());
            return true;
        }

        @Override
        public void report(byte[] report) {}

        @Override
        public DeliveryCounts counts() {
            return new DeliveryCounts(0, 0, 0, 0);
        }

        @Override
        public void flush(Duration timeout) {}

        @Override
        public void close() {}
    }
}
