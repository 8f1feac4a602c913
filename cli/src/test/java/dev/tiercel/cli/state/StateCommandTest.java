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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        public Page page(List<String> path, int limit) {
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

        private String key() {
            return """
                    {"key":["u-%d\\u001b[31m"],"held":1,"steps":{"asked":1,"answered":0},"waiting":2,"open_alerts":0,
                    "since":"2026-01-01T00:00:00.5Z","latest":"2026-01-01T00:00:00Z","until":null,"bytes":7}
                    """.formatted(9 - partition);
        }
    }

    private HealthServer server(Detector detector, String password) {
        HealthConfig config =
                HealthConfig.from(Settings.of(Map.of("health.port", "0"))).withPassword(password);
        return new HealthServer(config, () -> List.of(detector), metrics);
    }

    @BeforeEach
    void start() {
        one.start();
        two.start();
        new HealthAccess(address(one), PASSWORD).write(folder);
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
}
