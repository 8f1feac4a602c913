package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.check.LanguageGoldenTest;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.rules.syntax.Transformer;
import dev.tiercel.testkit.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Checks the examples and tables of docs/rule-language.md.
class RuleLanguagePageTest {

    @Test
    void itsRulesLoad() throws IOException {
        List<String> files = blocks("yaml");
        assertThat(files).hasSizeGreaterThan(3);
        for (String file : files) {
            Compilation compilation =
                    RuleCompiler.compile(List.of(new RuleFile("page.yaml", file)), CompileOptions.defaults());
            assertThat(compilation.diagnostics(Severity.ERROR)).as(file).isEmpty();
            assertThat(compilation.diagnostics(Severity.WARNING)).as(file).isEmpty();
            assertThat(RulesSchema.validate(new RuleFile("page.yaml", file)).status())
                    .isEqualTo("ok");
        }
    }

    @Test
    void itsConditionsHoldAsStated() throws IOException {
        List<String> blocks = blocks("condition");
        assertThat(blocks).hasSizeGreaterThan(3);
        for (String block : blocks) {
            String answered = LanguageGoldenTest.answers(block)
                    .lines()
                    .filter(line -> !line.startsWith("ir: "))
                    .collect(Collectors.joining("\n"));
            assertThat(answered.strip()).isEqualTo(block.strip());
        }
    }

    @Test
    void itListsEveryCode() throws IOException {
        String page = page();
        Set<String> missing = Arrays.stream(Code.values())
                .map(Code::name)
                .filter(code -> !page.contains(code))
                .collect(Collectors.toSet());
        assertThat(missing).isEmpty();
        assertThat(Arrays.stream(Code.values())
                        .filter(code -> code.severity() == Severity.ERROR && code != Code.RULE_TEST_INVALID))
                .hasSize(7);
        assertThat(Arrays.stream(Code.values())
                        .filter(code -> code.severity() == Severity.WARNING
                                && code != Code.FIELD_NOT_PRINTED
                                && code != Code.CORRELATION_STEP_OFF))
                .hasSize(15);
    }

    @Test
    void itListsEveryOperatorAndTransformer() throws IOException {
        String page = page();
        assertThat(Operator.texts()).allMatch(operator -> page.contains("`" + operator + "`"));
        assertThat(Transformer.CALLS).allMatch(call -> page.contains("`" + call));
    }

    /// Contents of the fenced blocks of a language.
    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : page().split("\n", -1)) {
            if (line.equals("```" + language)) {
                block = new StringBuilder();
            } else if (line.equals("```") && block != null) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    private static String page() throws IOException {
        return Files.readString(Checkout.root().resolve("docs/rule-language.md"));
    }
}
