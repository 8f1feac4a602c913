package dev.tiercel.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A stage with its pipeline: what is performed raises the alerts that `raises` gives, at once.
final class FakeStage implements DemoStage, AlertFeed {
    static final String CONTAINER = "0123456789ab";

    final List<String> performed = new ArrayList<>();
    private final Function<String, List<DemoAlert>> raises;
    private final List<DemoAlert> waiting = new ArrayList<>();

    /// @param raises alerts of a line of shell
    FakeStage(Function<String, List<DemoAlert>> raises) {
        this.raises = raises;
    }

    static DemoAlert alert(String rule, String container, Instant time) {
        return new DemoAlert(rule, "Warning", "output of " + rule, container, time, time.plusMillis(25));
    }

    @Override
    public String container() {
        return CONTAINER;
    }

    @Override
    public Running perform(boolean terminal, String line) {
        performed.add(line);
        waiting.addAll(raises.apply(line));
        return () -> true;
    }

    @Override
    public List<DemoAlert> poll(Duration patience) {
        List<DemoAlert> alerts = List.copyOf(waiting);
        waiting.clear();
        return alerts;
    }

    @Override
    public void close() {}
}
