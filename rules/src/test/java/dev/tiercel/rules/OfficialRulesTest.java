package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.source.Severity;
import dev.tiercel.testkit.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Falco's published rules files load unchanged, and ours of the same constructs.
class OfficialRulesTest {

    /// No factory: one that is skipped leaves nothing in the report.
    @ParameterizedTest
    @EnumSource(Corpus.class)
    void everyFileLoadsWithoutError(Corpus corpus) throws IOException {
        for (List<Path> files : List.of(corpus.syscallRules(), corpus.pluginRules())) {
            for (Path file : files) {
                Compilation compilation = RuleCompiler.compile(withBase(file), CompileOptions.defaults());
                assertThat(compilation.diagnostics(Severity.ERROR))
                        .as("%s", file)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Corpus.class)
    void theFilesTogetherGiveAllRulesThatAreEnabled(Corpus corpus) throws IOException {
        boolean ours = corpus == Corpus.OURS;
        List<RuleFile> files = ruleSet(corpus);
        RuleSet rules =
                RuleCompiler.compile(files, CompileOptions.defaults()).ruleSet().orElseThrow();
        assertThat(rules.rules()).hasSizeGreaterThan(ours ? 7 : 70);
        assertThat(rules.eventTypes()).isNotEmpty();
        if (!ours) assertThat(rules.eventTypes()).hasSizeLessThan(60);
        assertThat(rules.hash())
                .isEqualTo(RuleCompiler.compile(files, CompileOptions.defaults())
                        .ruleSet()
                        .orElseThrow()
                        .hash());
    }

    /// `file`, after the one that it changes.
    private static List<RuleFile> withBase(Path file) throws IOException {
        String base = switch (file.getFileName().toString()) {
            case "k8saudit-gke_rules_k8s_audit_rules_gke.yaml" -> "k8saudit_rules_k8s_audit_rules.yaml";
            case "k8s_audit_more_rules.yaml" -> "k8s_audit_rules.yaml";
            case "more_rules.yaml" -> "base_rules.yaml";
            default -> "";
        };
        return base.isEmpty() ? List.of(read(file)) : List.of(read(file.resolveSibling(base)), read(file));
    }

    /// The files of [Corpus#ruleSet()].
    static List<RuleFile> ruleSet(Corpus corpus) throws IOException {
        List<RuleFile> files = new ArrayList<>();
        for (Path file : corpus.ruleSet()) {
            files.add(read(file));
        }
        return files;
    }

    static RuleFile read(Path file) throws IOException {
        return new RuleFile(file.getFileName().toString(), Files.readString(file));
    }
}
