package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Data directories that earlier versions of `up` have left, `upgrade/NAME.tar.gz`: this one goes on where they ended.
///
/// `-Dtiercel.record=NAME` records one more. Events are of the year 2040, so that no window ends before that.
@Tag("kernel")
class UpgradeIT {
    private static final Path RECORDED = Machine.root("it/src/test/resources/upgrade");
    private static final String RECORD = System.getProperty("tiercel.record", "");
    private static final Instant TIME = Instant.parse("2040-01-01T00:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String RULES = """
            - rule: Secret read
              desc: a secret was read
              source: k8s_audit
              condition: ka.verb = get and ka.target.resource = secrets
              output: "%ka.user.name read %ka.target.name"
              priority: NOTICE
            - rule: Secrets listed
              desc: secrets were listed, said once an hour
              source: k8s_audit
              condition: ka.verb = list and ka.target.resource = secrets
              output: "%ka.user.name listed %ka.target.name"
              priority: NOTICE
              suppress: {by: [ka.user.name], for: 1h}
            - correlation: Three secrets
              desc: somebody reads three secrets
              type: value_count
              rules: Secret read
              group-by: [ka.user.name]
              timespan: 1h
              condition: {gte: 3, field: ka.target.name}
              output: "%ka.user.name read %correlation.count secrets"
              priority: WARNING
            """;

    @TempDir
    private Path directory;

    static Stream<String> recorded() throws IOException {
        if (!RECORD.isEmpty()) return Stream.of(RECORD);
        try (Stream<Path> files = Files.list(RECORDED)) {
            return files.map(file -> file.getFileName().toString().replace(".tar.gz", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void goesOnWhereItEnded(String name) throws Exception {
        Machine.mustTrace();
        Path archive = RECORDED.resolve(name + ".tar.gz");
        if (!RECORD.isEmpty()) record(archive);
        Machine.run(List.of("tar", "-xzf", archive.toString(), "-C", directory.toString()));
        History audit = new History("k8s-audit", "", directory);
        try (TiercelProcess up = up(audit);
                AlertLog log = new AlertLog(up.client());
                CorrelationAlerts correlations = new CorrelationAlerts(up)) {
            audited(audit, "list", "later", 3);
            audited(audit, "get", "ca", 4);
            assertThat(correlations.await(alert -> alert.getRule().equals("Three secrets"), LIMIT))
                    .isTrue();
            assertThat(correlations.all())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getEvents()).hasSize(3));
            assertThat(log.await(0, alert -> alert.rule().equals("Three secrets"), LIMIT))
                    .isPresent();
            assertThat(log.since(0))
                    .extracting(alert -> alert.json()
                            .path("output_fields")
                            .path("ka.target.name")
                            .asText())
                    .containsExactlyInAnyOrder("db", "web", "all", "ca", "");
        }
    }

    private void record(Path archive) throws Exception {
        History audit = new History("k8s-audit", "", Files.createDirectory(directory.resolve("recorded")));
        try (TiercelProcess up = up(audit);
                AlertLog log = new AlertLog(up.client())) {
            keepAlerts(up);
            audited(audit, "get", "db", 0);
            audited(audit, "get", "web", 1);
            audited(audit, "list", "all", 2);
            for (String secret : List.of("db", "web", "all")) {
                assertThat(log.await(0, alert -> alert.field("ka.target.name").equals(secret), LIMIT))
                        .isPresent();
            }
            assertThat(up.stop()).isZero();
        }
        Files.createDirectories(RECORDED);
        Path data = directory.resolve("data");
        Machine.run(List.of("tar", "-czf", archive.toString(), "-C", directory.toString(), "data"));
        Machine.run(List.of("rm", "-rf", data.toString()));
    }

    /// For as long as the recording is used.
    private static void keepAlerts(TiercelProcess up) throws Exception {
        AlterConfigOp keep = new AlterConfigOp(new ConfigEntry("retention.ms", "-1"), AlterConfigOp.OpType.SET);
        List<AlterConfigOp> change = List.of(keep);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, "alerts"), change,
                new ConfigResource(ConfigResource.Type.TOPIC, "alerts.json"), change);
        try (Admin admin = Admin.create(up.client())) {
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private TiercelProcess up(History audit) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        List<String> arguments = new ArrayList<>(List.of("--rules", rules.toString()));
        arguments.addAll(List.of("--source", "k8s-audit=" + audit.log()));
        return TiercelProcess.up(directory.resolve("data"), arguments.toArray(String[]::new));
    }

    private static void audited(History audit, String verb, String secret, int minute) {
        String what =
                "{\"verb\":\"%s\",\"objectRef\":{\"resource\":\"secrets\",\"name\":\"%s\"}}".formatted(verb, secret);
        audit.write(TIME.plus(Duration.ofMinutes(minute)), what);
    }
}
