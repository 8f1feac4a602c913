package dev.tiercel.rules.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FieldCatalogTest {

    private final FieldCatalog catalog = FieldCatalog.syscall();

    @Test
    void findsAFieldByItsNameWithoutArgument() {
        FieldDefinition field = catalog.find("proc.aname").orElseThrow();

        assertThat(field.argument()).isEqualTo(ArgumentKind.OPTIONAL_INDEX);
        assertThat(field.scope()).isEqualTo(Scope.PROCESS);
        assertThat(field.is(FieldFlag.ANY_WITHOUT_ARGUMENT)).isTrue();
        assertThat(catalog.find("proc.nam")).isEmpty();
    }

    @Test
    void hasAnExtractorForExactlyTheFieldsItCallsSupplied() {
        assertThat(catalog.all())
                .allSatisfy(field -> assertThat(Extractors.has(field.name()))
                        .as(field.name())
                        .isEqualTo(field.supplied()));
    }

    @Test
    void saysWhatEveryFieldIsInOneSentence() {
        assertThat(catalog.all())
                .allSatisfy(field -> assertThat(field.description())
                        .as(field.name())
                        .hasSizeBetween(4, 200)
                        .matches(".*[.]"));
    }

    @Test
    void isDocumentedAsMarkdown() {
        Golden.check("fields.md", catalog.markdown());
    }

    @Test
    void knowsEveryFieldOfTheReference() throws IOException {
        Optional<Path> reference = Shared.path("reference/falco-fields.tsv");
        assumeTrue(reference.isPresent(), "needs ../shared/reference/falco-fields.tsv");
        List<String> wanted = Files.readAllLines(reference.get()).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .filter(columns -> !columns[9].contains("TABLE_ONLY"))
                .map(columns -> columns[1])
                .toList();

        assertThat(wanted)
                .hasSizeGreaterThan(500)
                .allSatisfy(name -> assertThat(catalog.find(name)).as(name).isPresent());
    }

    @Test
    void knowsEveryFieldThatTheOfficialRulesUse() throws IOException {
        Optional<Path> rules = Shared.path("data/falco-rules");
        assumeTrue(rules.isPresent(), "needs ../shared/data/falco-rules");
        Pattern output = Pattern.compile("%([a-z0-9]+(?:\\.[a-zA-Z0-9_]+)+)");
        TreeSet<String> unknown = new TreeSet<>();
        try (Stream<Path> files = Files.walk(rules.get())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Matcher matcher = output.matcher(Files.readString(file));
                while (matcher.find()) {
                    if (!known(matcher.group(1))) {
                        unknown.add(matcher.group(1));
                    }
                }
            }
        }

        assertThat(unknown).isSubsetOf("container.info");
    }

    private boolean known(String name) {
        int dot = name.lastIndexOf('.');
        return catalog.find(name).isPresent()
                || catalog.find(name.substring(0, dot))
                        .filter(field -> field.is(FieldFlag.DOT_ARGUMENT))
                        .isPresent();
    }
}
