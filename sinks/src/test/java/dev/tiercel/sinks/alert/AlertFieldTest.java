package dev.tiercel.sinks.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.testkit.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class AlertFieldTest {
    @Test
    void theDocumentListsEveryField() throws IOException {
        String rows = Arrays.stream(AlertField.values())
                .map(field -> "| `%s` | %s |%n".formatted(field.fieldName(), field.description()))
                .collect(Collectors.joining());
        assertThat(Files.readString(Checkout.root().resolve("docs/sinks.md")))
                .contains("|---|---|\n" + rows + "<!-- end -->");
    }

    @Test
    void everyFieldIsInTheScope() {
        for (AlertField field : AlertField.values()) {
            assertThat(AlertScope.ALERTS.find(field.fieldName())).isPresent();
        }
        assertThat(AlertScope.ALERTS.find("entered.ka.user.name")).isPresent();
        assertThat(AlertScope.ALERTS.find("alert.rules")).isEmpty();
        assertThat(AlertScope.ALERTS.suggestion("alert.rules")).isEqualTo("did you mean 'alert.rule'?");
    }
}
