package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tiercel.rules.source.Severity;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Falco's published rules files load unchanged.
class OfficialRulesTest {

    private static final String FOLDER = "data/falco-rules";

    @TestFactory
    Stream<DynamicTest> everyFileLoadsWithoutError() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("official", "plugins")) {
            files.addAll(files(folder));
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Compilation compilation = RuleCompiler.compile(withBase(file), CompileOptions.defaults());
                    assertThat(compilation.diagnostics(Severity.ERROR)).isEmpty();
                }));
    }

    @Test
    void theThreeFilesTogetherHaveAllEnabledRules() throws IOException {
        List<RuleFile> files = threeFiles();
        RuleSet rules =
                RuleCompiler.compile(files, CompileOptions.defaults()).ruleSet().orElseThrow();
        assertThat(rules.rules()).hasSizeGreaterThan(70);
        assertThat(rules.eventTypes()).isNotEmpty().hasSizeLessThan(60);
        assertThat(rules.hash())
                .isEqualTo(RuleCompiler.compile(files, CompileOptions.defaults())
                        .ruleSet()
                        .orElseThrow()
                        .hash());
    }

    /// `file`, after the one it appends to.
    private static List<RuleFile> withBase(Path file) throws IOException {
        String name = file.getFileName().toString();
        return name.equals("k8saudit-gke_rules_k8s_audit_rules_gke.yaml")
                ? List.of(read(file.resolveSibling("k8saudit_rules_k8s_audit_rules.yaml")), read(file))
                : List.of(read(file));
    }

    static List<RuleFile> threeFiles() throws IOException {
        List<RuleFile> files = new ArrayList<>();
        for (String name : List.of("falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml")) {
            Optional<Path> file = Shared.path(FOLDER + "/official/" + name);
            assumeTrue(file.isPresent(), "needs ../shared/" + FOLDER);
            files.add(read(file.get()));
        }
        return files;
    }

    private static List<Path> files(String folder) throws IOException {
        Optional<Path> path = Shared.path(FOLDER + "/" + folder);
        assumeTrue(path.isPresent(), "needs ../shared/" + FOLDER);
        try (Stream<Path> files = Files.list(path.get())) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static RuleFile read(Path file) throws IOException {
        return new RuleFile(file.getFileName().toString(), Files.readString(file));
    }
}
