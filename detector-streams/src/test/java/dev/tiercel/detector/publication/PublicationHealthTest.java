package dev.tiercel.detector.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.service.Health;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PublicationHealthTest {
    private Instant now = Instant.parse("2026-11-26T10:00:00.5Z");
    private final PublicationHealth health = new PublicationHealth(() -> now);

    @Test
    void aPublicationThatTakesTooLongIsSaid() {
        health.published(7);
        assertThat(health.check()).isEqualTo(Health.ok("7 rules published"));
        health.changed();
        assertThat(health.check()).isEqualTo(Health.ok("publishing changed rules"));
        now = now.plusSeconds(10);
        health.changed();
        assertThat(health.check())
                .isEqualTo(Health.failing("the rule files are not published since 2026-11-26T10:00:00Z, "
                        + "the old rules stay in force: Kafka does not answer"));
        health.published(8);
        assertThat(health.check()).isEqualTo(Health.ok("8 rules published"));
    }

    @Test
    void aFailureIsNewsOnce() {
        assertThat(health.failed("away")).isTrue();
        assertThat(health.failed("away")).isFalse();
        assertThat(health.failed("refused")).isTrue();
        assertThat(health.check().healthy()).isFalse();
        assertThat(health.check().detail())
                .contains("since 2026-11-26T10:00:00Z")
                .endsWith(": refused");
        health.published(1);
        assertThat(health.failed("refused")).isTrue();
    }
}
