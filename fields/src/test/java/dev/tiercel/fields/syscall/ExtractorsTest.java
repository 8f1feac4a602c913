package dev.tiercel.fields.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import org.junit.jupiter.api.Test;

class ExtractorsTest {

    @Test
    void existForExactlyTheSuppliedFields() {
        assertThat(FieldCatalog.complete().all())
                .allSatisfy(field -> assertThat(Extractors.has(field.name()))
                        .as(field.name())
                        .isEqualTo(field.supplied()));
    }
}
