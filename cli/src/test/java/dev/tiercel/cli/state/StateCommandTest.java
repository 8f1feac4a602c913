package dev.tiercel.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.settings.HealthAccess;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.HealthServer;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.PrivatePages;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tiercel state` over health servers with known pages.
final class StateCommandTest {
    private static final String PASSWORD = "0123456789abcdef";

    @TempDir
    private Path folder;

    private final Metrics metrics = new Metrics();
    private final Detector first = new Detector(0);
    private final Detector second = new Detector(1);
    private final HealthServer one = server(first, PASSWORD);
    private final HealthServer two = server(second, PASSWORD);

    /// Has one partition of two.
    private static final class Detector implements Component, PrivatePages {
        private final int partition;
        private final List<String> instances = new ArrayList<>();
        private Function<String, Page> part = this::part;
        private String learnt = "";

        Detector(int partition) {
            this.partition = partition;
        }

        @Override
        public String name() {
            return "detector";
        }

        @Override
        public void start() {}

        @Override
        public Health check() {
            return Health.ok();
        }

        @Override
        public void close() {}

        @Override
        public Page page(PageRequest request) {
            List<String> path = request.path();
            if (request.partition().isPresent()) {
                assertThat(request.partition()).hasValue(partition);
                return part.apply(request.after());
            }
            String where = "\"partitions\":[%d],\"of\":2,\"instances\":[%s]"
                    .formatted(
                            partition,
                            String.join(
                                    ",",
                                    instances.stream().map(at -> '"' + at + '"').toList()));
            if (path.isEmpty()) {
                return new Page(200, """
                        {"correlations":[
                        {"correlation":"Big","type":"absence","keys":2,"bytes":4000,"matches":3,"alerts":1,"late":0,"behind_seconds":5.5,
                        "quarantine":%s,"quarantine_until":"2026-01-01T00:00:00Z"},
                        {"correlation":"A small one","type":"event_count","keys":1,"bytes":10,"matches":1,"alerts":0,"late":0,"behind_seconds":null,
                        "quarantine":null,"quarantine_until":null}],
                        """.formatted(partition == 1 ? "\"too much\\u001b[31m\"" : "null") + where + "}");
            }
            if (!path.getFirst().equals("Big")) {
                return new Page(404, "{\"error\":\"no correlation\",\"correlations\":[\"Big\",\"A small one\"]}");
            }
            return new Page(200, """
                    {"correlation":"Big","type":"absence","group_by":["user"],"timespan_seconds":60,"condition":"","more":false,"keys":[%s],
                    """.formatted(path.size() > 1 && partition == 1 ? "" : key()) + where + "}");
        }

        /// Two pages.
        private Page part(String after) {
            String learnt =
                    "\"learns_until\":\"2026-01-02T00:00:00Z\",\"learnt\":[{\"value\":\"/bin/\\u001b[31m\",\"last\":null}]";
            return switch (after) {
                case "" -> page(key(), "a+b/=.0");
                case "a+b/=.0" -> page("{\"key\":[\"é\"]," + learnt + "}", "");
                default -> new Page(400, "{\"error\":\"bad cursor\"}");
            };
        }

        static Page page(String keys, String next) {
            return new Page(200, "{\"correlation\":\"Big\",\"keys\":[%s],\"next\":\"%s\"}".formatted(keys, next));
        }

        private String key() {
            return """
                    {"key":["u-%d\\u001b[31m"],"held":1,"steps":{"asked":1,"answered":0},"waiting":2,"open_alerts":0,
                    "since":"2026-01-01T00:00:00.5Z","latest":"2026-01-01T00:00:00Z","until":null,"bytes":7%s}
                    """.formatted(9 - partition, learnt);
        }
    }

    private HealthServer server(Detector detector, String password) {
        HealthConfig config =
                HealthConfig.from(Settings.of(Map.of("health.port", "0"))).withPassword(password);
        return new HealthServer(config, () -> List.of(detector), metrics);
    }

    private HealthServer server(Detector detector, String password, TestKeys keys) {
        Settings settings = Settings.of(Map.of(
                "health.port",
                "0",
                "health.tls-key-file",
                keys.store().toString(),
                "health.tls-key-password",
                TestKeys.PASSWORD));
        return new HealthServer(HealthConfig.from(settings).withPassword(password), () -> List.of(detector), metrics);
    }

    @BeforeEach
    void start() {
        one.start();
        two.start();
        new HealthAccess(address(one), PASSWORD, false).write(folder);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        metrics.close();
    }

    private static String address(HealthServer server) {
        return "127.0.0.1:" + server.port();
    }

    private Run state(String... arguments) {
        List<String> all = new ArrayList<>(List.of("state", "--data", folder.toString()));
        all.addAll(List.of(arguments));
        return Run.of(all.toArray(String[]::new));
    }

    @Test
    void asksByTlsAndTrustsOneAuthority() throws Exception {
        TestKeys keys = new TestKeys(folder, "detector", "EC");
        Path stranger = new TestKeys(folder, "stranger", "EC").certificate();
        try (HealthServer secure = server(first, PASSWORD, keys)) {
            secure.start();
            String at = address(secure);
            assertThat(secure(at, keys.certificate()).out()).contains("2 correlations");

            Run untrusted = secure(at, stranger);
            assertThat(untrusted.exitCode()).isEqualTo(3);
            assertThat(untrusted.err())
                    .isEqualTo("tiercel: cannot trust the detector at " + at
                            + ": its certificate is of no authority in " + stranger + "\n");
            String named = "localhost:" + secure.port();
            assertThat(secure(named, keys.certificate()).err())
                    .contains("cannot trust the detector at " + named, "localhost");
            Run plain = Run.of("state", "--at", at, "--set", "health.password=" + PASSWORD);
            assertThat(plain.err()).contains("does it speak http (health.tls-authority-file)?");

            new HealthAccess(at, PASSWORD, true).write(folder);
            assertThat(state().err()).contains("of no authority in the JVM's list");
            assertThat(state("--set", "health.tls-authority-file=" + keys.certificate())
                            .out())
                    .contains("2 correlations");
        }
    }

    @Test
    void doesNotSpeakTlsToAServerThatDoesNot() throws Exception {
        TestKeys keys = new TestKeys(folder, "detector", "EC");
        assertThat(secure(address(one), keys.certificate()).err())
                .contains("does it speak https (health.tls-authority-file)?");
        Run none = secure(address(one), folder.resolve("none.pem"));
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.err()).contains("none.pem: no such file", "health.tls-authority-file");
    }

    private static Run secure(String at, Path authority) {
        return Run.of(
                "state",
                "--at",
                at,
                "--set",
                "health.password=" + PASSWORD,
                "--set",
                "health.tls-authority-file=" + authority);
    }

    @Test
    void sumsUpOverInstancesThatNameEachOther() {
        first.instances.addAll(List.of(address(one), address(two)));
        assertThat(state().out()).isEqualTo("""
                CORRELATION  TYPE         KEYS    STATE  MATCHES  ALERTS  LATE  BEHIND
                Big          absence         4  7.8 KiB        6       2     0     6 s
                A small one  event_count     2     20 B        2       0     0       -
                left out: Big: too much\\x1b[31m, until 2026-01-01T00:00:00Z
                2 correlations
                """);
        assertThat(state("-o", "json").out().lines())
                .contains("{\"correlation\":\"Big\",\"type\":\"absence\",\"keys\":4,\"bytes\":8000,\"matches\":6,"
                        + "\"alerts\":2,\"late\":0,\"behind_seconds\":5.5,"
                        + "\"quarantine\":\"too much\\u001B[31m, until 2026-01-01T00:00:00Z\"}");
    }

    @Test
    void saysWhatNobodyAnsweredFor() {
        assertThat(state().out()).contains("2 correlations; not seen: partitions 1 of topic matches");
    }

    @Test
    void showsKeysSortedAndFitForATerminal() {
        first.instances.add(address(two));
        assertThat(state("Big").out()).isEqualTo("""
                Big: absence within 60 s by user
                KEY          HOLDS                           SINCE                 UNTIL  STATE
                u-8\\x1b[31m  asked 1, answered 0, 2 waiting  2026-01-01T00:00:00Z  -        7 B
                u-9\\x1b[31m  asked 1, answered 0, 2 waiting  2026-01-01T00:00:00Z  -        7 B
                all keys
                """);
        assertThat(state("Big", "--limit", "1").out())
                .contains("u-8")
                .doesNotContain("u-9")
                .contains("and more (--limit)");
        assertThat(state("Big", "-o", "json").out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"correlation\":\"Big\",\"key\":[\"u-"));
    }

    @Test
    void suggestsTheNameThatWasMeant() {
        Run run = state("Bigg");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("did you mean 'Big'?");
    }

    @Test
    void aKeyThatIsNotThereIsAFailedCheck() {
        Run run = Run.of("state", "--set", "health.password=" + PASSWORD, "--at", address(two), "Big", "nobody");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("'Big' has no key nobody", "partitions 0 of topic matches");
    }

    @Test
    void thePasswordOfTheDataDirectoryGoesToItsOwnDetectorAlone() {
        Run run = state("--at", address(two));
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("is only for " + address(one)).doesNotContain(PASSWORD);
    }

    @Test
    void saysWhatIsWrongWhereNobodyAnswers() {
        assertThat(Run.of("state", "--data", folder.resolve("none").toString()).err())
                .contains("health.properties", "is `tiercel up` running");
        Run wrong = Run.of("state", "--set", "health.password=fedcba9876543210", "--at", address(one));
        assertThat(wrong.exitCode()).isEqualTo(3);
        assertThat(wrong.err()).contains("refuses", "health.password").doesNotContain("Big");
        one.close();
        assertThat(state().err()).contains("no detector answers at " + "127.0.0.1:");
        assertThat(state("--limit", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void exportsAllPagesOfAllInstances() throws IOException {
        first.instances.add(address(two));
        Run run = state("Big", "--export", "-");
        assertThat(run.err()).isEqualTo("tiercel: exported 4 keys with 2 learnt values of 'Big'\n");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("{\"correlation\":\"Big\",\"key\":["));
        assertThat(run.out().lines().skip(1).findFirst())
                .hasValue("{\"correlation\":\"Big\",\"key\":[\"é\"],\"learns_until\":\"2026-01-02T00:00:00Z\","
                        + "\"learnt\":[{\"value\":\"/bin/\\u001B[31m\",\"last\":null}]}");
        Path file = folder.resolve("big.jsonl");
        assertThat(state("Big", "--export", file.toString()).exitCode()).isZero();
        assertThat(file).hasContent(run.out());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("big.jsonl.incomplete")).doesNotExist();
        Run again = state("Big", "--export", file.toString());
        assertThat(again.exitCode()).isEqualTo(3);
        assertThat(again.err()).contains("already exists");
    }

    @Test
    void anExportThatLacksAPartitionSaysSo() {
        Path file = folder.resolve("big.jsonl");
        for (int attempt = 0; attempt < 2; attempt++) {
            Run run = state("Big", "--export", file.toString());
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err())
                    .contains("the export is not complete: 2 keys with 1 learnt value in " + file + ".incomplete")
                    .contains("lacking: not seen: partitions 1 of topic matches");
            assertThat(file).doesNotExist();
            assertThat(folder.resolve("big.jsonl.incomplete")).isRegularFile();
        }
    }

    @Test
    void anExportWritesTheRestIfAnInstanceFails() {
        first.instances.add(address(two));
        first.part = after -> {
            two.close();
            return first.part(after);
        };
        Run run = state("Big", "--export", "-");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.err()).contains("not complete: 2 keys", "lacking: partition 1: no detector answers at 127");
    }

    @Test
    void anExportThatAnInstanceHindersEnds() {
        first.instances.add(address(two));
        first.part = after -> Detector.page(first.key(), "again");
        second.part = after -> new PrivatePages.Page(503, "{\"error\":\"moving\\n\\u001b[31m\"}");
        Run run = state("Big", "--export", "-");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .contains("partition 0: the detector at " + address(one) + " gave a page again")
                .contains("partition 1: the detector at " + address(two) + " cannot tell now: moving\\n\\x1b[31m");
        first.part = after -> new PrivatePages.Page(
                200, "{\"keys\":[{\"key\":[],\"learnt_left_out\":7}],\"unreadable\":1,\"next\":\"\"}");
        assertThat(state("Big", "--export", "-").err())
                .contains("1 key whose state cannot be read; 7 learnt values left out");
    }

    @Test
    void refusesToExportWhatIsNotAWholeCorrelation() {
        for (List<String> wrong : List.of(
                List.of("--export", "-"),
                List.of("--export", "", "Big"),
                List.of("--export", "-", "Big", "key"),
                List.of("--export", "-", "Big", "--limit", "3"),
                List.of("--export", "-", "Bigg"))) {
            assertThat(state(wrong.toArray(String[]::new)).exitCode())
                    .as("%s", wrong)
                    .isEqualTo(2);
        }
        Run unwritable = state("--export", folder.resolve("none/x").toString(), "Big");
        assertThat(unwritable.exitCode()).isEqualTo(3);
        assertThat(unwritable.err()).contains("cannot write to " + folder.resolve("none/x"));
    }

    @Test
    void showsWhatOneKeyHasLearnt() {
        first.learnt = """
                ,"learns_until":"2026-01-02T00:00:00Z","learnt_left_out":1,"learnt":[
                {"value":"/bin/\\u001b[31m","last":"2026-01-01T00:00:00Z"},{"value":["a","b"],"last":null},{"value":7,"last":null}]
                """;
        assertThat(state("Big", "k", "--limit", "2").out()).contains("""
                learns until 2026-01-02T00:00:00Z; learnt 4 values
                LAST SEEN             VALUE
                2026-01-01T00:00:00Z  /bin/\\x1b[31m
                -                     ["a","b"]
                """);
    }
}
