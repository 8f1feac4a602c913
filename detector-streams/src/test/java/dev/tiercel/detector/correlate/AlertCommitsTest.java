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
        commits.forwarded(990);
        assertThat(task.committed()).isTrue();
        assertThat(task.scheduledPunctuators()).isEmpty();
    }

    @Test
    void asksOnceForAllThatCameWithinAnInterval() {
        commits.forwarded(990);
        task.resetCommit();
        task.setCurrentSystemTimeMs(1_010);
        commits.forwarded(1_000);
        commits.forwarded(1_005);
        assertThat(task.committed()).isFalse();
        CapturedPunctuator timer = task.scheduledPunctuators().getFirst();
        assertThat(task.scheduledPunctuators()).hasSize(1);
        assertThat(timer.getInterval()).as("the rest of the interval").isEqualTo(Duration.ofMillis(20));

        timer.getPunctuator().punctuate(1_030);
        assertThat(task.committed()).isTrue();
        assertThat(timer.cancelled()).isTrue();
    }

    @Test
    void whatIsForwardedAfterTheIntervalNeedsNoTimer() {
        commits.forwarded(990);
        task.setCurrentSystemTimeMs(1_010);
        commits.forwarded(1_000);
        task.resetCommit();
        task.setCurrentSystemTimeMs(1_031);
        commits.forwarded(1_020);
        assertThat(task.committed()).isTrue();
        assertThat(task.scheduledPunctuators().getFirst().cancelled()).isTrue();
    }

    @Test
    void whatHasWaitedLongWaitsAsLongAgain() {
        commits.forwarded(990);
        task.resetCommit();
        task.setCurrentSystemTimeMs(1_100);
        commits.forwarded(800);
        assertThat(task.committed()).isFalse();
        assertThat(task.scheduledPunctuators().getFirst().getInterval()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void inABacklogOfDaysACommitIsAskedForEachSecond() {
        commits.forwarded(0);
        task.resetCommit();
        task.setCurrentSystemTimeMs(1_900);
        commits.forwarded(-86_400_000);
        assertThat(task.committed()).isFalse();
        task.setCurrentSystemTimeMs(2_000);
        commits.forwarded(-86_400_000);
        assertThat(task.committed()).isTrue();
    }
}
