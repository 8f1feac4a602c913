package dev.tiercel.detector.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlertCommitsTest {
    private final MockProcessorContext<String, String> task = new MockProcessorContext<>();
    private AlertCommits commits;

    @BeforeEach
    void start() {
        task.setCurrentSystemTimeMs(1_000);
        commits = new AlertCommits(task, Duration.ofMillis(30));
    }

    @Test
    void asksAtOnceAfterAQuietTime() {
        assertThat(task.committed()).isFalse();
        commits.forwarded();
        assertThat(task.committed()).isTrue();
        assertThat(task.scheduledPunctuators()).isEmpty();
    }

    @Test
    void asksOnceForAllThatCameWithinAnInterval() {
        commits.forwarded();
        task.resetCommit();
        task.setCurrentSystemTimeMs(1_010);
        commits.forwarded();
        commits.forwarded();
        assertThat(task.committed()).isFalse();
        CapturedPunctuator timer = task.scheduledPunctuators().getFirst();
        assertThat(task.scheduledPunctuators()).hasSize(1);
        assertThat(timer.getInterval()).isEqualTo(Duration.ofMillis(30));

        timer.getPunctuator().punctuate(1_040);
        assertThat(task.committed()).isTrue();
        assertThat(timer.cancelled()).isTrue();
    }

    @Test
    void whatIsForwardedAfterTheIntervalNeedsNoTimer() {
        commits.forwarded();
        task.setCurrentSystemTimeMs(1_010);
        commits.forwarded();
        task.resetCommit();
        task.setCurrentSystemTimeMs(1_031);
        commits.forwarded();
        assertThat(task.committed()).isTrue();
        assertThat(task.scheduledPunctuators().getFirst().cancelled()).isTrue();
    }
}
