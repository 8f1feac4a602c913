package dev.tiercel.cli.demo;

import dev.tiercel.cli.output.EnvironmentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A container without network, capabilities and mounts, removed when it is closed.
final class DockerStage implements DemoStage {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final long LOOK_NANOS = 10_000_000;
    private static final int SHORT_ID = 12;
    private static final String READY = "the stage is ready";

    private final Docker docker;
    private final AttachedContainer running;
    private final String name;
    private final String id;

    private DockerStage(Docker docker, AttachedContainer running, String name, String id) {
        this.docker = docker;
        this.running = running;
        this.name = name;
        this.id = id;
    }

    /// Starts one of an image that is there: none is pulled.
    ///
    /// @throws EnvironmentException if it does not start
    static DockerStage of(Docker docker, String image) {
        String name = Docker.newName();
        String script = "echo " + READY + "; read -r _";
        AttachedContainer running = AttachedContainer.of(docker, name, image, script, "--network=none", "--user=0:0");
        try {
            awaitReady(running, image);
            String id = docker.run("inspect", "--format={{.Id}}", name).substring(0, SHORT_ID);
            return new DockerStage(docker, running, name, id);
        } catch (EnvironmentException failure) {
            running.close();
            throw failure;
        }
    }

    private static void awaitReady(AttachedContainer running, String image) {
        List<String> said = new ArrayList<>();
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!said.contains(READY)) {
            boolean ended = running.ended();
            said.addAll(running.lines());
            if (!said.contains(READY) && (ended || System.nanoTime() > end)) {
                throw new EnvironmentException(
                        "no container of image %s starts: %s; bin/image builds tiercel:local, --image names another that is here"
                                        .formatted(image, String.join(" ", said))
                                + " and has bash, perl and the coreutils");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public String container() {
        return id;
    }

    @Override
    public Running perform(boolean terminal, String line) {
        List<String> command = new ArrayList<>(List.of("exec"));
        if (terminal) command.add("--tty");
        command.addAll(List.of(name, "bash", "-c", line));
        Process process = docker.startUnread(command);
        return () -> !process.isAlive();
    }

    @Override
    public void close() {
        running.close();
    }
}
