package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Diagnostics of invalid rules: each `NAME.yaml` with its expected `NAME.txt`.
class DiagnosticsGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden/diagnostics");

    @TestFactory
    List<DynamicTest> saysWhatAndWhere() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (var files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                String name = file.getFileName().toString();
                tests.add(DynamicTest.dynamicTest(
                        name,
                        () -> Golden.check(
                                "diagnostics/" + name.replace(".yaml", ".txt"), text(name, Files.readString(file)))));
            }
        }
        return tests;
    }

    private static String text(String name, String content) {
        Compilation compilation = RuleCompiler.compile(List.of(new RuleFile(name, content)), CompileOptions.defaults());
        StringBuilder out = new StringBuilder();
        compilation
                .diagnostics()
                .forEach(diagnostic -> out.append(diagnostic.text()).append("\n\n"));
        return out + (compilation.successful() ? "loaded" : "refused");
    }

    @Test
    void resultAsJsonIsShapedLikeFalcos() throws IOException {
        String content = Files.readString(FOLDER.resolve("places.yaml"));
        Compilation compilation =
                RuleCompiler.compile(List.of(new RuleFile("places.yaml", content)), CompileOptions.defaults());
        Golden.check("diagnostics/places.json", LoadResultJson.print("places.yaml", compilation));
    }

    @Test
    void everyProblemOfAllFilesIsReported() {
        Compilation compilation = Conditions.compileRules(
                "- macro: a\n  condition: proc.name =\n", "- macro: b\n  condition: (\n", "- list: c\n");
        assertThat(compilation.diagnostics(Severity.ERROR))
                .extracting(Diagnostic::file)
                .containsExactly("rules.yaml", "rules2.yaml", "rules3.yaml");
    }

    @Test
    void usesOfARejectedItemAreNotReported() {
        Compilation compilation = Conditions.compileRules("""
                - macro: broken
                  condition: proc.name =
                - rule: user
                  desc: d
                  condition: evt.type = open and broken
                  output: x
                  priority: INFO
                """);
        assertThat(compilation.diagnostics()).hasSize(1);
    }
}
