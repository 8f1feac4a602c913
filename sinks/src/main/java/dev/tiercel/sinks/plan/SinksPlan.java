package dev.tiercel.sinks.plan;

import java.util.List;

/// The outputs and routes of a sinks file without errors. Closing it closes the receivers.
public record SinksPlan(List<OutputPlan> outputs, List<RoutePlan> routes) implements AutoCloseable {
    public SinksPlan {
        outputs = List.copyOf(outputs);
        routes = List.copyOf(routes);
    }

    @Override
    public void close() {
        outputs.forEach(output -> output.receiver().close());
    }
}
