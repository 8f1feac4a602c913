package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.fields.document.DocumentRow;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.testkit.Checkout;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Falco's rules of Kubernetes audit and of cloud sources, on events of ours: `documents/official-*.md`.
class PluginRulesTest {

    private static final Path DOCUMENTS = Path.of("src/test/resources/documents");
    private static final Map<String, String> FILES = Map.of(
            "k8s_audit", "k8saudit_rules_k8s_audit_rules.yaml",
            "aws_cloudtrail", "cloudtrail_rules_aws_cloudtrail_rules.yaml",
            "okta", "okta_rules_okta_rules.yaml",
            "github", "github_rules_github.yaml",
            "gcp_auditlog", "gcpaudit_rules_gcp_auditlog_rules.yaml");

    private record Case(String source, List<String> events, List<String> rules, String why) {

        static Case of(String line) {
            String[] columns = line.substring(2, line.length() - 2).split(" \\| ", -1);
            List<String> rules = columns[2].equals("-") ? List.of() : List.of(columns[2].split("; "));
            return new Case(columns[0], List.of(columns[1].split(" ")), rules, columns[3]);
        }
    }

    private static List<Case> cases() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String table : List.of("official-rules.md", "official-k8s-rules.md")) {
            lines.addAll(Files.readAllLines(DOCUMENTS.resolve(table)));
        }
        return lines.stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| source "))
                .map(Case::of)
                .toList();
    }

    @Test
    void alertOnTheEventsThatReadingThemSays() throws IOException {
        Map<String, RuleSet> rules = new HashMap<>();
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            rules.put(file.getKey(), compiled(Shared.required("data/falco-rules/plugins/" + file.getValue())));
        }
        for (Case one : cases()) {
            RuleSet set = Objects.requireNonNull(rules.get(one.source()), one.source());
            assertThat(alerts(set, one))
                    .as("%s %s: %s", one.source(), one.events(), one.why())
                    .containsExactlyInAnyOrderElementsOf(one.rules());
        }
    }

    private static RuleSet compiled(Path file) throws IOException {
        CompileOptions options = CompileOptions.defaults().withMatching(RuleMatching.ALL);
        return RuleCompiler.compile(List.of(OfficialRulesTest.read(file)), options)
                .ruleSet()
                .orElseThrow();
    }

    private static List<String> alerts(RuleSet rules, Case one) throws IOException {
        Evaluator evaluator = rules.newEvaluator(one.source());
        DocumentRow row = new DocumentRow(one.source(), rules.slots(), ZoneOffset.UTC);
        List<String> alerts = new ArrayList<>();
        for (String event : one.events()) {
            row.event(event(one.source(), event));
            alerts.clear();
            evaluator.evaluate(row, rule -> {
                assertThat(rule.outputFormat().render(row).text()).isNotEmpty();
                alerts.add(rule.name());
            });
        }
        return alerts;
    }

    /// GitHub says the type of an event beside its body; here the file's name does.
    private static SourceEvent event(String source, String name) throws IOException {
        byte[] json = Files.readAllBytes(documents(source).resolve(name + ".json"));
        return new SourceEvent(
                name, 0L, source, "", "", source.equals("github") ? name : "", ByteBuffer.wrap(json), 0L);
    }

    private static Path documents(String source) {
        return Checkout.root().resolve("testkit/fixtures/documents").resolve(source);
    }

    /// Real events of attacks; each alerts once, and those of no other file.
    @Test
    void alertOnRealEventsOfCloudTrailAsReadingThemSays() throws IOException {
        RuleSet rules = compiled(Shared.required("data/falco-rules/plugins/" + FILES.get("aws_cloudtrail")));
        Map<String, List<String>> alerts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Shared.required("data/cloudtrail"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                List<String> of = alertsOfFile(rules, "aws_cloudtrail", file);
                if (!of.isEmpty()) {
                    alerts.put(file.getFileName().toString(), of);
                }
            }
        }

        assertThat(alerts)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "aws.defense-evasion.cloudtrail-stop.json", List.of("CloudTrail Logging Disabled"),
                        "aws.initial-access.console-login-without-mfa.json", List.of("Console Login Without MFA"),
                        "aws.persistence.iam-create-admin-user.json", List.of("Create AWS user"),
                        "aws.persistence.lambda-layer-extension.json", List.of("Update Lambda Function Configuration"),
                        "aws.persistence.lambda-overwrite-code.json", List.of("Update Lambda Function Code")));
    }

    /// The names of the rules that alert on the documents of a file: one after the other, or in an array.
    static List<String> alertsOfFile(RuleSet rules, String source, Path file) throws IOException {
        Evaluator evaluator = rules.newEvaluator(source);
        DocumentRow row = new DocumentRow(source, rules.slots(), ZoneOffset.UTC);
        List<String> alerts = new ArrayList<>();
        try (MappingIterator<JsonNode> values =
                new ObjectMapper().readerFor(JsonNode.class).readValues(file.toFile())) {
            while (values.hasNext()) {
                JsonNode value = values.next();
                for (JsonNode event : value.isArray() ? value : List.of(value)) {
                    byte[] json = event.toString().getBytes(StandardCharsets.UTF_8);
                    row.event(json, 0, json.length);
                    evaluator.evaluate(row, rule -> {
                        if (!rule.signal()) alerts.add(rule.name());
                    });
                }
            }
        }
        return alerts;
    }

    @Test
    void theTableHasAlertsAndNearMissesOfEverySource() throws IOException {
        Map<String, Map<Boolean, Long>> counts = cases().stream()
                .collect(Collectors.groupingBy(
                        Case::source,
                        Collectors.partitioningBy(one -> one.rules().isEmpty(), Collectors.counting())));

        assertThat(counts.keySet()).isEqualTo(FILES.keySet());
        assertThat(counts.values())
                .allSatisfy(of ->
                        assertThat(of.values()).allSatisfy(n -> assertThat(n).isGreaterThanOrEqualTo(4)));
        assertThat(cases())
                .hasSizeGreaterThanOrEqualTo(40)
                .allSatisfy(one -> assertThat(one.why()).isNotBlank());
        assertThat(cases())
                .allSatisfy(one -> assertThat(one.events())
                        .allSatisfy(event -> assertThat(documents(one.source()).resolve(event + ".json"))
                                .exists()));
    }
}
