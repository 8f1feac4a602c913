package dev.tiercel.cli.up;

import dev.tiercel.detector.Detector;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits, on close, until the detector has judged every published event, up to a limit.
///
/// It is closed after the collector and before the detector, so a stop still prints the alerts of what happened just
/// before it. What is not judged by then is judged at the next start.
///
/// @param limit maximum wait
record DetectorDrain(Detector detector, Duration limit) implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorDrain.class);

    @Override
    public String name() {
        return "detector-drain";
    }

    @Override
    public void start() {}

    @Override
    public Health check() {
        return Health.ok();
    }

    @Override
    public void close() {
        try {
            if (!detector.awaitJudged(limit)) {
                LOG.warn("stopping before every event is judged; the rest is judged at the next start");
            }
        } catch (ExecutionException e) {
            LOG.warn("cannot determine whether the detector has caught up: {}", PlainCause.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
