package dev.tiercel.cli.demo;

import dev.tiercel.cli.output.EnvironmentException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Alerts that `alerts tail -o json` prints in a container.
final class StackAlerts implements AlertFeed {
    private static final long LOOK_NANOS = 1_000_000;
    private static final int REMEMBERED = 5;

    private final AttachedContainer tail;
    private final List<String> messages = new ArrayList<>();

    StackAlerts(AttachedContainer tail) {
        this.tail = tail;
    }

    @Override
    public List<DemoAlert> poll(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean ended = tail.ended();
            List<DemoAlert> alerts = alerts();
            if (!alerts.isEmpty() || System.nanoTime() - end >= 0) return alerts;
            if (ended) throw new EnvironmentException("no more alerts can be read: " + String.join("\n", messages));
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private List<DemoAlert> alerts() {
        List<DemoAlert> alerts = new ArrayList<>();
        Instant now = Instant.now();
        for (String line : tail.lines()) {
            if (line.startsWith("{")) {
                DemoAlert.of(line, now).ifPresent(alerts::add);
            } else {
                if (messages.size() == REMEMBERED) messages.removeFirst();
                messages.add(line);
            }
        }
        return alerts;
    }

    @Override
    public void close() {
        tail.close();
    }
}
