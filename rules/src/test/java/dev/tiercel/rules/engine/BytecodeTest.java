package dev.tiercel.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The names and limits of generated code.
class BytecodeTest {

    private static final String RULE = """
            - rule: %s
              desc: d
              condition: evt.type = openat and %s
              output: o
              priority: INFO
            """;

    private static RuleSet compile(String rules) {
        Compilation compilation = RuleCompiler.compile(
                List.of(new RuleFile("rules.yaml", rules)),
                CompileOptions.defaults().withMatching(RuleMatching.ALL));
        return compilation
                .ruleSet()
                .orElseThrow(() -> new AssertionError(compilation.diagnostics().toString()));
    }

    private static List<String> matches(RuleSet rules, Map<String, Object> event) {
        List<String> names = new ArrayList<>();
        rules.newEvaluator(FieldCatalog.SYSCALL)
                .evaluate(new MapRow(rules.slots(), event), rule -> names.add(rule.name()));
        return names;
    }

    @Test
    void classFilesAreDumpedAndMethodsNamedAfterRules(@TempDir Path directory) throws IOException {
        System.setProperty("dev.tiercel.rules.dump", directory.toString());
        try {
            RuleSet rules = compile(RULE.formatted("Read a/b.c; really <now>", "proc.args glob '*x*'"));
            assertThat(matches(rules, Map.of("evt.type", "openat", "proc.args", "axb")))
                    .hasSize(1);
        } finally {
            System.clearProperty("dev.tiercel.rules.dump");
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(BytecodeTest::text)).singleElement().asString().contains("Read a_b_c_ really _now_");
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void manyAlternativesAreSpreadOverMethods() {
        StringBuilder condition = new StringBuilder("(evt.rawres > 100");
        for (int i = 0; i < 2_000; i++) {
            condition.append(" or proc.args glob '*x").append(i).append("y*'");
        }
        RuleSet rules = compile(RULE.formatted("many", condition.append(')')));
        assertThat(rules.fallbacks()).isZero();
        assertThat(matches(rules, Map.of("evt.type", "openat", "proc.args", "ax1999y")))
                .containsExactly("many");
        assertThat(matches(rules, Map.of("evt.type", "openat", "proc.args", "ax2000y")))
                .isEmpty();
    }

    @Test
    void aThousandRulesFitInOneClass() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            rules.append(
                    RULE.formatted("rule " + i, "fd.name startswith /a/" + i + "/ and proc.args glob '*x" + i + "*'"));
        }
        RuleSet set = compile(rules.toString());
        assertThat(set.fallbacks()).isZero();
        Map<String, Object> event = Map.of("evt.type", "openat", "fd.name", "/a/77/b", "proc.args", "-x777");
        assertThat(matches(set, event)).containsExactly("rule 77");
    }

    @Test
    void firstMatchIsTheFirstInTheFiles() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            rules.append(RULE.formatted("rule " + i, "fd.num >= " + (200 - i)));
        }
        RuleSet set = RuleCompiler.compile(
                        List.of(new RuleFile("rules.yaml", rules.toString())), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
        assertThat(matches(set, Map.of("evt.type", "openat", "fd.num", 50))).containsExactly("rule 150");
    }
}
