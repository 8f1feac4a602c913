package dev.tiercel.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// No field of a system call is silently absent: it is supplied, or the reason is given.
class NotSuppliedTest {
    private static final List<String> CLASSES =
            List.of("evt.", "proc.", "thread.", "user.", "group.", "fd.", "fs.", "container.");

    private final List<FieldDefinition> fields = FieldCatalog.complete().all().stream()
            .filter(field -> CLASSES.stream().anyMatch(field.name()::startsWith))
            .toList();

    @Test
    void everyFieldIsSuppliedOrSaysWhyNot() {
        assertThat(fields)
                .hasSizeGreaterThan(200)
                .allSatisfy(field -> assertThat(NotSupplied.reason(field.name()).isPresent())
                        .as(field.name())
                        .isEqualTo(!field.supplied()));
    }

    @Test
    void everyReasonIsOfAField() {
        assertThat(NotSupplied.all()).allSatisfy((pattern, reason) -> {
            assertThat(fields).as(pattern).anyMatch(field -> NotSupplied.covers(pattern, field.name()));
            assertThat(reason).matches("[a-z].*[^.]");
        });
    }
}
