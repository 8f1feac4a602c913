package dev.tiercel.it;

import dev.tiercel.harness.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// `docker-compose.yml` as a project of its own, with the images that `bin/local-images` builds; taken down at the end
/// with all that it kept.
final class ComposeStack implements AutoCloseable {
    /// Of this checkout: tests of another may run beside it.
    private static final String PROJECT =
            "tiercel-it-" + Integer.toHexString(Machine.root("").toString().hashCode());
    static final String IMAGE = System.getenv().getOrDefault("STACK_IMAGE", "tiercel:local");
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final long LOOK_NANOS = 200_000_000;

    /// Room for what Kafka keeps in a run.
    private static final String DISK = "size=768m,uid=1000,gid=1000,mode=700";

    private final Map<String, String> variables = variables();
    /// What it needs on this machine, gone with it.
    private final Path home;

    private final Path sources;
    private final SmallDisk disk;

    ComposeStack() throws IOException {
        Requirement.STACK.check(isThere(), "docker compose and tiercel:local (bin/local-images)");
        variables.put("STACK_KAFKA_PORT", String.valueOf(Machine.freePort()));
        variables.put("COMPOSE_PROFILES", "sources");
        home = Files.createTempDirectory("tiercel-stack");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        sources = directory("sources");
        directory("sources/k8s-audit");
        variables.put("STACK_SOURCES", sources.toString());
        down(); // what a run that was killed has left
        disk = SmallDisk.mount(directory("kafka"), DISK);
        keepDataOn(disk);
    }

    /// As the volume that compose would make otherwise.
    private void keepDataOn(SmallDisk disk) {
        docker(
                "volume",
                "create",
                "--label=com.docker.compose.project=" + PROJECT,
                "--label=com.docker.compose.volume=kafka-data",
                "--opt=type=none",
                "--opt=o=bind",
                "--opt=device=" + disk.path(),
                PROJECT + "_kafka-data");
    }

    /// The disk that Kafka keeps its data on.
    SmallDisk disk() {
        return disk;
    }

    /// A directory of this machine that is gone with the stack.
    Path directory(String name) throws IOException {
        return Files.createDirectories(home.resolve(name));
    }

    /// What collectors have said that they did not see or lost.
    Losses losses() {
        try {
            return Losses.of(tiercel(
                    "owner",
                    directory("logins"),
                    "sensors",
                    "tail",
                    "--from-beginning",
                    "--no-follow",
                    "--output=json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The audit log that the enricher reads.
    Path auditLog() {
        return sources.resolve("k8s-audit/audit.log");
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        Path plugins = Machine.root(".tiercel/docker");
        if (Files.isDirectory(plugins.resolve("cli-plugins"))) variables.put("DOCKER_CONFIG", plugins.toString());
        return variables;
    }

    private boolean isThere() {
        try {
            String version = docker("version", "--format", "{{.Server.Version}}");
            if (Integer.parseInt(version.substring(0, version.indexOf('.'))) < 23) { // knows no newer capabilities
                variables.put("STACK_CAP_BPF", "SYS_ADMIN");
                variables.put("STACK_CAP_PERFMON", "SYS_ADMIN");
            }
            docker("image", "inspect", IMAGE);
            compose("version");
            return true;
        } catch (IllegalStateException missing) {
            return false;
        }
    }

    /// Starts what is not running, as many of each service as options say, and waits until all are healthy.
    void up(String... options) {
        List<String> command = new ArrayList<>(List.of("up", "--detach", "--wait"));
        command.addAll(List.of(options));
        try {
            compose(command.toArray(String[]::new));
        } catch (IllegalStateException failure) {
            throw new IllegalStateException(compose("logs", "--no-color", "--tail", "30"), failure);
        }
    }

    /// Waits until each container of these services is healthy. One that was paused may be called unhealthy for a
    /// while, at which [#up] would give up.
    void awaitHealthy(List<String> services) {
        await("healthy", services);
    }

    /// Waits until the engine calls each container of these services so: `healthy` or `unhealthy`.
    void await(String health, List<String> services) {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (String service : services) {
            for (String container : containers(service)) {
                while (!docker("inspect", "--format", "{{.State.Health.Status}}", container)
                        .strip()
                        .equals(health)) {
                    if (System.nanoTime() > end) throw new IllegalStateException(compose("ps", "--all"));
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            }
        }
    }

    /// Runs `docker compose` on the project.
    String compose(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "docker", "compose", "--project-directory", Machine.root("").toString()));
        command.addAll(List.of("--project-name", PROJECT));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /// Runs a command of the engine.
    String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /// Shows the stack by `tiercel demo`: the lines it prints for programs.
    List<String> demo() {
        return TiercelProcess.run(LIMIT, "demo", "--project", PROJECT, "--output", "json")
                .lines()
                .filter(line -> line.startsWith("{"))
                .toList();
    }

    /// Name of the network that the services share.
    String network() {
        return PROJECT + "_default";
    }

    /// Ids of a service's containers, of those that are being restarted too.
    List<String> containers(String service) {
        return docker(
                        "ps",
                        "--all",
                        "--quiet",
                        "--no-trunc",
                        "--filter=label=com.docker.compose.project=" + PROJECT,
                        "--filter=label=com.docker.compose.service=" + service,
                        "--filter=label=com.docker.compose.oneoff=False")
                .lines()
                .toList();
    }

    /// Ends the first process of a container as a crash does; the engine starts it again.
    void crash(String container) {
        String pid = docker("inspect", "--format", "{{.State.Pid}}", container);
        run(List.of("kill", "-KILL", pid.strip()));
    }

    /// Settings of a Kafka client on this machine, as a user who has a password: `owner` or `sink`.
    Map<String, Object> client(String user) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(login(user, "client.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> client = new HashMap<>();
        properties.forEach((key, value) -> client.put(key.toString(), value));
        return client;
    }

    /// A file of a user's login.
    String login(String user, String file) {
        return run(
                container(user, "--user=0", "--network=none", "--entrypoint=cat", IMAGE, "/run/credentials/" + file));
    }

    /// Name of the authority that all certificates are of.
    String authority() throws CertificateException {
        byte[] pem = login("sink", "authority.pem").getBytes(StandardCharsets.US_ASCII);
        X509Certificate authority = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        return authority.getSubjectX500Principal().getName().substring("CN=".length());
    }

    /// Runs a command of Tiercel inside of the stack, with the certificate of a user.
    ///
    /// @param directory of this machine, at `/mounted` there; the user's settings of clients are put there
    /// @throws IllegalStateException with what it printed if it fails
    String tiercel(String user, Path directory, String... arguments) throws IOException {
        List<String> settings = login(user, "tiercel.properties")
                .lines()
                .filter(line -> line.startsWith("kafka.") || line.startsWith("registry."))
                .toList();
        Files.write(directory.resolve(user + ".properties"), settings);
        List<String> command =
                container(user, "--user=0", "--network=" + network(), "--volume=" + directory + ":/mounted:ro", IMAGE);
        command.addAll(List.of(arguments));
        command.add("--config=/mounted/" + user + ".properties");
        return run(command);
    }

    /// A command that runs a container with the login of a user.
    private static List<String> container(String user, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "docker", "run", "--rm", "--volume=" + PROJECT + "_credentials-" + user + ":/run/credentials:ro"));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Where in the stack's network the only container of a service is; this machine reaches it there.
    String address(String service) {
        String format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
        return docker("inspect", "--format", format, containers(service).getFirst())
                .strip();
    }

    private String run(List<String> command) {
        return Machine.run(command, variables, LIMIT);
    }

    private void down() {
        compose("--profile", "*", "down", "--volumes", "--timeout", "5");
    }

    @Override
    public void close() {
        down();
        disk.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
