package dev.tiercel.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.cli.output.EnvironmentException;
import java.util.Optional;

/// A running stack of `docker-compose.yml`, found by the labels of its parts.
///
/// @param image of its parts
/// @param network that they share
/// @param login volume with the settings of the owner's clients
record DemoStack(String image, String network, String login) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LABEL = "label=com.docker.compose.";
    private static final String DOCUMENT = "docs/local-stack.md";

    /// Prints alerts until its standard input ends, or the printing does.
    private static final String TAIL = """
            exec 3<&0
            /opt/tiercel/tiercel alerts tail --config /run/credentials/tiercel.properties -o json &
            tail=$!
            { read -r _ <&3; kill "$tail"; } &
            wait "$tail"
            """;

    /// The one of this project; empty if there is none.
    ///
    /// @throws EnvironmentException if there is one that does not work
    static Optional<DemoStack> find(Docker docker, String project) {
        String[] found = docker.run(
                        "ps",
                        "--all",
                        "--quiet",
                        "--filter=" + LABEL + "project=" + project,
                        "--filter=" + LABEL + "service=collector",
                        "--filter=" + LABEL + "oneoff=False")
                .split("\\s+", -1);
        if (found[0].isEmpty()) return Optional.empty();
        JsonNode collector = parsed(docker.run("inspect", found[0])).path(0);
        requireRunning(collector, project);
        String login = docker.run(
                "volume",
                "ls",
                "--quiet",
                "--filter=" + LABEL + "project=" + project,
                "--filter=" + LABEL + "volume=credentials-owner");
        if (login.isEmpty()) {
            throw new EnvironmentException(
                    "stack %s has no volume credentials-owner, with the login of its owner: see %s"
                            .formatted(project, DOCUMENT));
        }
        String network =
                collector.path("NetworkSettings").path("Networks").fieldNames().next();
        return Optional.of(new DemoStack(collector.path("Config").path("Image").asText(), network, login));
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException bad) {
            throw new EnvironmentException("docker inspect: no JSON", bad);
        }
    }

    private static void requireRunning(JsonNode collector, String project) {
        JsonNode state = collector.path("State");
        String status = state.path("Status").asText();
        String health = state.path("Health").path("Status").asText("");
        if (!status.equals("running") || health.equals("unhealthy")) {
            throw new EnvironmentException(
                    "the collector of stack %s is %s: look at docker compose logs collector, start it with docker compose up -d --wait; see %s"
                            .formatted(project, status.equals("running") ? health : status, DOCUMENT));
        }
    }

    /// Its alerts from about now on, read as its owner in a container beside it.
    AlertFeed alerts(Docker docker) {
        return new StackAlerts(AttachedContainer.of(
                docker,
                Docker.newName(),
                image,
                TAIL,
                "--network=" + network,
                "--volume=" + login + ":/run/credentials:ro",
                "--read-only",
                "--tmpfs=/tmp:exec,size=64m"));
    }
}
