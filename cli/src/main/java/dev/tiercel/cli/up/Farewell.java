package dev.tiercel.cli.up;

import dev.tiercel.cli.output.Talk;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;

/// Started last, so closed first: says that the stop has begun.
record Farewell(Talk talk) implements Component {
    @Override
    public String name() {
        return "farewell";
    }

    @Override
    public void start() {}

    @Override
    public Health check() {
        return Health.fine();
    }

    @Override
    public void close() {
        talk.say("stopping: publishing what is held, judging it, then closing Kafka");
    }
}
