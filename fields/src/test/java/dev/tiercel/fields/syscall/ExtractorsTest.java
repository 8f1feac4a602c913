package dev.tiercel.fields.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExtractorsTest {

    /// Fields that rules of system calls may name, and only documents have: they are absent.
    private static final Set<String> OF_DOCUMENTS = Set.of("evt.pluginname", "evt.plugininfo");

    @Test
    void existForExactlyTheSuppliedFields() {
        assertThat(FieldCatalog.syscall()
                        .only(group -> !group.name().equals("json"))
                        .all())
                .allSatisfy(field -> assertThat(Extractors.has(field.name()))
                        .as(field.name())
                        .isEqualTo(field.supplied() && !OF_DOCUMENTS.contains(field.name())));
    }

    @Test
    void areOfNoFieldOfAnotherSource() {
        assertThat(FieldCatalog.complete().all())
                .filteredOn(field -> Extractors.has(field.name()))
                .allSatisfy(field -> assertThat(FieldCatalog.syscall().find(field.name()))
                        .as(field.name())
                        .isPresent());
    }
}
