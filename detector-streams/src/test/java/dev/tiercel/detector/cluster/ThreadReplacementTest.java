package dev.tiercel.detector.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ThreadReplacementTest {
    private Instant now = Instant.ofEpochSecond(1_700_000_000);
    private final ThreadReplacement replacement = new ThreadReplacement(() -> now);

    @Test
    void theFirstIsReplacedAtOnceAndIsNoIllness() {
        assertThat(replacement.allowed(new TimeoutException("slow"))).isTrue();
        assertThat(replacement.check().healthy()).isTrue();
    }

    @Test
    void oneSoonAfterTheOtherIs() {
        assertThat(replacement.allowed(new TimeoutException("slow"))).isTrue();
        now = now.plusSeconds(100);
        assertThat(replacement.allowed(new TimeoutException("slow"))).isTrue();
        assertThat(replacement.check().healthy()).isFalse();
        assertThat(replacement.check().detail()).contains("2 one after the other", "slow");
        now = now.plusSeconds(121);
        assertThat(replacement.check().healthy()).isTrue();
        assertThat(replacement.allowed(new TimeoutException("slow"))).isTrue();
        assertThat(replacement.check().healthy()).isTrue();
    }

    @Test
    void thePauseGrowsToHalfAMinute() {
        assertThat(Stream.of(1, 2, 3, 4, 10, 11, 24).map(ThreadReplacement::pause))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(25_600),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30));
    }

    /// An interrupt shortens the pauses to nothing, and says that the instance stops.
    @Test
    void aStoppingInstanceReplacesNothing() {
        Thread.currentThread().interrupt();
        replacement.allowed(new TimeoutException("slow"));
        assertThat(replacement.allowed(new TimeoutException("slow"))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    static Stream<Throwable> transientFailures() {
        return Stream.of(
                new TimeoutException("slow"),
                new StreamsException("process", new TimeoutException("slow")),
                new StreamsException(
                        "process",
                        new StreamsException("send", new KafkaException("error state", new CommitFailedException()))),
                new StreamsException(new RegistryException(RegistryException.Reason.UNAVAILABLE, "away")));
    }

    @ParameterizedTest
    @MethodSource("transientFailures")
    void transientFailuresAreWorthAnotherTry(Throwable cause) {
        assertThat(ThreadReplacement.worthAnotherTry(cause)).isTrue();
    }

    static Stream<Throwable> permanentFailures() {
        return Stream.of(
                new IllegalStateException("a mistake"),
                new StreamsException("process", new IllegalStateException("a mistake")),
                new StreamsException(new KafkaException(new TopicAuthorizationException("alerts"))),
                new StreamsException(new RecordTooLargeException("2 MiB")),
                new StreamsException(new RegistryException(RegistryException.Reason.INCOMPATIBLE, "no")));
    }

    @ParameterizedTest
    @MethodSource("permanentFailures")
    void permanentOnesAreNot(Throwable cause) {
        assertThat(ThreadReplacement.worthAnotherTry(cause)).isFalse();
    }
}
