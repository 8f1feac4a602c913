package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The default rules on real events of others: attacks on AWS, one technique a file, and requests to Kubernetes.
///
/// The golden says for each file which rules alert, and how often; `-`: none does.
class RealDocumentsTest {

    private static final RuleSet RULES = RuleCompiler.compile(DefaultRules.files(), CompileOptions.defaults())
            .ruleSet()
            .orElseThrow();

    @Test
    void alertOnAttacksOnAws() throws IOException {
        Golden.check("real-documents/cloudtrail.txt", alerts("aws_cloudtrail", "data/cloudtrail", ".json"));
    }

    @Test
    void alertOnRequestsToKubernetesThatMatter() throws IOException {
        Golden.check("real-documents/k8s-audit.txt", alerts("k8s_audit", "data/k8s-audit/minikube", ".json"));
    }

    @Test
    void areQuietOnOrdinaryRequestsToKubernetes() throws IOException {
        Path log = Shared.required("data/k8s-audit/audit2rbac/testdata/demo.log");

        assertThat(PluginRulesTest.alertsOfFile(RULES, "k8s_audit", log)).isEmpty();
    }

    private static String alerts(String source, String folder, String suffix) throws IOException {
        StringBuilder text = new StringBuilder();
        List<Path> found;
        try (Stream<Path> files = Files.walk(Shared.required(folder))) {
            found = files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
        for (Path file : found) {
            text.append(file.getFileName())
                    .append(": ")
                    .append(counted(PluginRulesTest.alertsOfFile(RULES, source, file)))
                    .append('\n');
        }
        return text.toString();
    }

    private static String counted(List<String> alerts) {
        Map<String, Long> counts = alerts.stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        String all = counts.entrySet().stream()
                .map(rule -> rule.getValue() + " " + rule.getKey())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "-" : all;
    }
}
