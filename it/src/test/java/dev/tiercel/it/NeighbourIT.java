package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.settings.HealthAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Another user of this machine, `nobody`, commands nothing: [Neighbour] has the attacks, each of which works where
/// nothing asks for a password.
@Tag("kernel")
@Timeout(300)
class NeighbourIT {
    /// An attack ends by refusal or when its client gives up.
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final int NOBODY = 65534;
    private static final Pattern LISTENING = Pattern.compile("127\\.0\\.0\\.1\\]?:(\\d+)");
    private static final Pattern CLIENT = Pattern.compile("(kafka-clients|slf4j-api|zstd-jni|lz4-java|snappy-java)-");
    private static final String[] REPLAY = {
        "--replay", Machine.root("cli/src/test/resources/samples/small.kev").toString()
    };

    @TempDir
    Path folder;

    private Path data;

    /// Everybody can get as far as the data directory.
    @BeforeEach
    void open() throws IOException {
        Machine.mustTrace();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = folder.resolve("data");
    }

    @Test
    void everyAttackFails() throws IOException {
        try (TiercelProcess up = TiercelProcess.up(data, REPLAY)) {
            up.awaitOut("Warning Credential file read");

            for (Map<String, String> outcomes :
                    List.of(attack(up, "nobody", "-", "-"), attack(up, "nobody", wrongPassword(up), "owner:wrong"))) {
                assertThat(outcomes).hasSizeGreaterThan(18);
                assertThat(outcomes).doesNotContainValue("done");
            }

            assertThat(up.out()).noneMatch(line -> line.contains("forged"));
            assertThat(new AlertLog(up.client()).await(0, alert -> true, Duration.ofSeconds(30)))
                    .isPresent();
            assertThat(up.stop()).as("stderr: %s", up.err()).isZero();
        }
    }

    /// The same attacks by the owner, so that each is known to work; `up` reports the rules that it did not publish.
    @Test
    void theOwnerCanDoAllOfThat() throws IOException {
        try (TiercelProcess up = TiercelProcess.up(data, REPLAY)) {
            String login = String.valueOf(up.client().get("basic.auth.user.info"));
            Map<String, String> outcomes =
                    attack(up, "root", data.resolve("client.properties").toString(), login);
            outcomes.keySet().removeIf(name -> name.startsWith("command port"));
            assertThat(outcomes.values()).containsOnly("done");
            up.awaitOut("forged");
            up.awaitErr("topic rules has a rule set that this process did not publish");
        }
    }

    @Test
    void withInsecureEverybodyCanAndIsTold() throws IOException {
        try (TiercelProcess up = TiercelProcess.up(
                data, Stream.concat(Stream.of(REPLAY), Stream.of("--insecure")).toArray(String[]::new))) {
            up.awaitErr("--insecure: every user of this machine can read all events, forge alerts");
            Map<String, String> outcomes = attack(up, "nobody", "-", "-");
            assertThat(outcomes)
                    .containsEntry("read events", "done")
                    .containsEntry("write the registry", "done")
                    .containsEntry("fence the registry", "done")
                    .containsEntry("delete a topic", "done")
                    .containsEntry("read the state", "SecurityException")
                    .containsEntry("guess a name", "SecurityException")
                    .containsEntry("read the passwords", "AccessDeniedException");
            assertThat(outcomes.entrySet().stream()
                            .filter(outcome -> outcome.getKey().startsWith("command port"))
                            .filter(outcome -> outcome.getValue().equals("done")))
                    .as("the client's and the controller's")
                    .hasSize(2);
            up.awaitOut("forged");
        }
    }

    /// What was written without passwords is there with them, and the passwords stay the same after `kill -9`.
    @Test
    void anOldDirectoryGetsPasswordsAndKeepsThem() throws IOException {
        try (TiercelProcess old = TiercelProcess.up(data, "--insecure", REPLAY[0], REPLAY[1])) {
            old.awaitOut("Warning Credential file read");
            old.kill();
        }
        assertThat(data.resolve("credentials")).doesNotExist();
        Object first;
        try (TiercelProcess up = TiercelProcess.up(data, REPLAY);
                AlertLog alerts = new AlertLog(up.client())) {
            first = up.client().get("sasl.jaas.config");
            assertThat(alerts.await(0, alert -> true, Duration.ofSeconds(30))).isPresent();
            assertThat(attack(up, "nobody", "-", "-")).doesNotContainValue("done");
            up.kill();
        }
        try (TiercelProcess up = TiercelProcess.up(data, REPLAY);
                AlertLog alerts = new AlertLog(up.client())) {
            assertThat(up.client().get("sasl.jaas.config")).isEqualTo(first);
            assertThat(alerts.await(0, alert -> true, Duration.ofSeconds(30))).isPresent();
            assertThat(up.stop()).as("stderr: %s", up.err()).isZero();
        }
    }

    @Test
    void noPasswordIsInArgumentsLogOrOutput() throws IOException {
        try (TiercelProcess up = TiercelProcess.up(data, REPLAY)) {
            up.awaitOut("Warning Credential file read");
            String said = String.join("\n", up.out())
                    + up.readyLine()
                    + Files.readString(Path.of("/proc/" + up.pid() + "/cmdline"))
                    + Files.readString(Path.of("/proc/" + up.pid() + "/environ"))
                    + Files.readString(data.resolve("tiercel.log"));
            try (Stream<Path> passwords = Files.list(data.resolve("credentials"))) {
                for (Path password : passwords.toList()) {
                    assertThat(said).doesNotContain(Files.readString(password).strip());
                }
            }
        }
    }

    /// The neighbour was first on the port; the owner's commands find the real one.
    @Test
    void aSquatterOnThePortGetsNothing() throws IOException {
        try (ServerSocket squatter = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(squatter.getLocalPort());
            String[] onThatPort = {"--port", port, REPLAY[0], REPLAY[1]};
            assertThat(TiercelProcess.refused(data, onThatPort)).contains("port " + port + " on 127.0.0.1 is taken");
            assertThat(data.resolve("client.properties")).doesNotExist();
        }
    }

    @Test
    void aDirectoryThatAnotherCouldReadOrReplaceIsRefused() throws IOException {
        Files.createDirectory(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(TiercelProcess.refused(data, REPLAY)).contains("mode 750; close it: chmod 700 " + data);

        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(data, "unix:uid", NOBODY);
        assertThat(TiercelProcess.refused(data, REPLAY)).contains("sudo chown -R 0 " + data);

        Files.setAttribute(data, "unix:uid", 0);
        Path planted = Files.createSymbolicLink(data.resolve("broker"), Path.of("/tmp"));
        giveAway(planted);
        assertThat(TiercelProcess.refused(data, REPLAY)).contains(planted + " belongs to user 65534");
        Files.delete(planted);

        Path credentials = Files.createDirectory(data.resolve("credentials"));
        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(TiercelProcess.refused(data, REPLAY)).contains("close it: chmod 700 " + credentials);

        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        giveAway(link);
        assertThat(TiercelProcess.refused(link.resolve("elsewhere"), REPLAY))
                .contains(link + " belongs to user 65534, who could replace");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    private static void giveAway(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    }

    /// Settings like the owner's, with another password, where nobody can read them.
    private String wrongPassword(TiercelProcess up) throws IOException {
        String settings = up.client().entrySet().stream()
                .map(setting -> setting.getKey() + "="
                        + setting.getValue().toString().replaceAll("password=\"[^\"]*\"", "password=\"wrong\""))
                .collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve("wrong.properties"), settings).toString();
    }

    /// Runs every attack as `user`; returns the outcomes by name.
    private Map<String, String> attack(TiercelProcess up, String user, String settings, String login)
            throws IOException {
        String ports = String.join(",", ports(up.pid()));
        assertThat(ports.split(",", -1))
                .as("clients, controller, registry, health")
                .hasSize(4);
        List<String> command = List.of(
                "setpriv",
                "--reuid",
                user,
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath().toString() + "/*:" + classPath(),
                Neighbour.class.getName(),
                up.bootstrap(),
                up.registry(),
                data.toString(),
                ports,
                settings,
                login,
                health().address(),
                login.equals("-")
                        ? "-"
                        : "tiercel:" + (user.equals("root") ? health().password() : "0123456789abcdef"));
        String printed = Machine.run(command, Map.of(), LIMIT);
        Map<String, String> outcomes = new LinkedHashMap<>();
        printed.lines()
                .filter(line -> line.matches("[a-z].*: .*")) // the JVM's and the logger's begin otherwise
                .map(line -> line.split(": ", 2))
                .forEach(line -> outcomes.put(line[0], line[1]));
        return outcomes;
    }

    private HealthAccess health() {
        return HealthAccess.of(data).orElseThrow();
    }

    /// Where this process listens.
    private static List<String> ports(long pid) {
        return Machine.run(List.of("ss", "-Hltnp"))
                .lines()
                .filter(line -> line.contains("pid=" + pid + ","))
                .map(LISTENING::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /// The attacker's own program and Kafka's client, where another user can read them.
    private Path classPath() throws IOException {
        Path classes = folder.resolve("neighbour");
        if (Files.exists(classes)) return classes;
        Path target = Files.createDirectories(classes.resolve("dev/tiercel/it"));
        List<Path> sources = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path path = Path.of(entry);
            String name = String.valueOf(path.getFileName());
            if (CLIENT.matcher(name).lookingAt()) {
                Files.copy(path, classes.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            if (Files.exists(path.resolve("dev/tiercel/it/Neighbour.class")))
                sources.add(path.resolve("dev/tiercel/it"));
        }
        try (Stream<Path> files = Files.list(sources.getFirst())) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("Neighbour"))
                    .toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return classes;
    }
}
