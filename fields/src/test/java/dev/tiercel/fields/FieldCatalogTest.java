package dev.tiercel.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.testkit.Corpus;
import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FieldCatalogTest {

    /// From the golden folder of this module to docs/ of the checkout.
    private static final String DOCUMENT = "../../../../../docs/fields.md";

    /// Fields that Falco lacks.
    /// Those that the reference has for tables only, and Falco's sensor supplies everywhere.
    private static final List<String> TABLE_ONLY = List.of("thread.nametid");

    private static final List<String> OWN = List.of(
            "evt.truncated",
            "proc.truncated",
            "cloud.provider",
            "cloud.region",
            "cloud.zone",
            "cloud.account",
            "cloud.instance.id",
            "cloud.instance.type",
            "k8s.exec.user.name",
            "k8s.exec.user.groups",
            "k8s.exec.impuser.name",
            "k8s.exec.sourceip",
            "k8s.exec.auditid",
            "k8s.exec.match",
            "k8s.exec.candidates");

    private final FieldCatalog catalog = FieldCatalog.complete();

    @Test
    void findsAFieldByItsNameWithoutArgument() {
        FieldDefinition field = catalog.find("proc.aname").orElseThrow();

        assertThat(field.argument()).isEqualTo(FieldArgument.OPTIONAL_INDEX);
        assertThat(field.scope()).isEqualTo(Scope.PROCESS);
        assertThat(field.is(FieldFlag.ANY_WITHOUT_ARGUMENT)).isTrue();
        assertThat(catalog.find("proc.nam")).isEmpty();
    }

    @Test
    void offersEachSourceItsOwnFieldsAndTheCommonOnes() {
        assertThat(FieldCatalog.bySource().keySet())
                .containsExactly("syscall", "k8s_audit", "aws_cloudtrail", "gcp_auditlog", "okta", "github", "json");
        FieldCatalog audit = Objects.requireNonNull(FieldCatalog.bySource().get("k8s_audit"));
        assertThat(audit.classes()).extracting(FieldClass::name).containsExactly("evt", "ka", "json");
        assertThat(audit.find("ka.verb")).isPresent();
        assertThat(audit.find("jevt.value")).isPresent();
        assertThat(audit.find("evt.time")).isPresent();
        assertThat(audit.find("evt.type")).isEmpty();
        assertThat(FieldCatalog.syscall().find("ka.verb")).isEmpty();
        assertThat(FieldCatalog.syscall().find("jevt.value")).isPresent();
        FieldCatalog json = Objects.requireNonNull(FieldCatalog.bySource().get("json"));
        assertThat(json.classes()).extracting(FieldClass::name).containsExactly("evt", "json");
    }

    @Test
    void narrowsToSomeFields() {
        FieldCatalog some =
                FieldCatalog.syscall().onlyFields(field -> field.name().startsWith("user."));

        assertThat(some.classes()).extracting(FieldClass::name).containsExactly("user");
        assertThat(some.all()).extracting(FieldDefinition::name).contains("user.name");
    }

    @Test
    void describesEveryFieldInOneSentence() {
        assertThat(catalog.all())
                .allSatisfy(field -> assertThat(field.description())
                        .as(field.name())
                        .hasSizeBetween(4, 200)
                        .matches(".*[.]"));
    }

    @Test
    void isDocumentedAsMarkdown() {
        Golden.check(DOCUMENT, FieldsDocument.markdown(catalog));
    }

    @Test
    void agreesWithTheReferenceInNamesTypesArgumentsAndFlags() throws IOException {
        Path reference = Shared.required("reference/falco-fields.tsv");
        List<FieldReferenceLine> wanted = Files.readAllLines(reference).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .filter(columns -> !columns[9].contains("TABLE_ONLY"))
                .map(FieldReferenceLine::of)
                .toList();
        List<FieldReferenceLine> ours = catalog.classes().stream()
                .flatMap(group -> group.fields().stream()
                        .filter(field -> !OWN.contains(field.name()) && !TABLE_ONLY.contains(field.name()))
                        .map(field -> FieldReferenceLine.of(group, field)))
                .toList();

        assertThat(OWN)
                .allSatisfy(name -> assertThat(catalog.find(name))
                        .as(name)
                        .hasValueSatisfying(
                                field -> assertThat(field.description()).endsWith(" Tiercel only.")));
        assertThat(wanted).hasSizeGreaterThan(500);
        assertThat(without(wanted, ours)).as("missing, or otherwise there").isEmpty();
        assertThat(without(ours, wanted)).as("not in the reference").isEmpty();
    }

    private static List<FieldReferenceLine> without(List<FieldReferenceLine> all, List<FieldReferenceLine> others) {
        return all.stream().filter(line -> !others.contains(line)).toList();
    }

    @ParameterizedTest
    @EnumSource(Corpus.class)
    void knowsEveryFieldThatTheRulesPrint(Corpus corpus) throws IOException {
        Pattern output = Pattern.compile("%([a-z0-9]+(?:\\.[a-zA-Z0-9_]+)+)");
        TreeSet<String> unknown = new TreeSet<>();
        for (List<Path> files : List.of(corpus.syscallRules(), corpus.pluginRules())) {
            for (Path file : files) {
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
