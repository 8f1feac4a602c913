package dev.tiercel.cli.demo;

/// Where actions are performed: a container. Not thread-safe.
interface DemoStage extends AutoCloseable {
    /// Its short id, as alerts name it.
    String container();

    /// Begins a shell command.
    ///
    /// @param terminal whether it has a terminal
    Running perform(boolean terminal, String line);

    @Override
    void close();

    /// A command that was begun.
    interface Running {
        boolean ended();
    }
}
