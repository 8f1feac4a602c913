package dev.tiercel.fields.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DocumentExtractorsTest {

    /// Fields of every source that documents have no value for.
    private static final Set<String> OF_SYSTEM_CALLS =
            Set.of("evt.reltime", "evt.reltime.s", "evt.reltime.ns", "evt.asynctype");

    static List<String> sources() {
        return DocumentExtractors.sources();
    }

    private static FieldCatalog catalog(String source) {
        return Objects.requireNonNull(FieldCatalog.bySource().get(source));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void existForExactlyTheSuppliedFields(String source) {
        DocumentExtractors extractors = DocumentExtractors.of(source);

        assertThat(catalog(source).all())
                .allSatisfy(field -> assertThat(extractors.has(field.name()))
                        .as(field.name())
                        .isEqualTo(field.supplied() && !OF_SYSTEM_CALLS.contains(field.name())));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void areOfNoFieldOfAnotherSource(String source) {
        DocumentExtractors extractors = DocumentExtractors.of(source);
        Set<FieldDefinition> own = new HashSet<>(catalog(source).all());

        assertThat(FieldCatalog.complete().all())
                .filteredOn(field -> extractors.has(field.name()))
                .allMatch(own::contains);
    }

    @Test
    void existForEverySourceButSystemCalls() {
        assertThat(Stream.concat(Stream.of(FieldCatalog.SYSCALL), sources().stream()))
                .containsExactlyInAnyOrderElementsOf(FieldCatalog.bySource().keySet());
    }

    @Test
    void anUnknownSourceHasTheFieldsOfAnyJson() {
        DocumentExtractors extractors = DocumentExtractors.of("salesforce");

        assertThat(extractors.has("json.value")).isTrue();
        assertThat(extractors.has("ka.verb")).isFalse();
    }
}
