package dev.tiercel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaWarningsTest {
    private final ListAppender<ILoggingEvent> shown = new ListAppender<>();
    private final KafkaWarnings warnings = new KafkaWarnings(shown);

    @BeforeEach
    void start() {
        shown.start();
        warnings.start();
    }

    @Test
    void aKindIsShownOnceAMinuteWithTheNumberLeftOut() {
        for (int second = 0; second <= 60; second++) {
            warn(second, "Connection to node " + second + " could not be established");
        }
        warn(61, "Connection to node 61 could not be established");

        assertThat(texts())
                .containsExactly(
                        "Connection to node 0 could not be established",
                        "the next warning was repeated 59 times since it was last shown",
                        "Connection to node 60 could not be established");
    }

    @Test
    void anOutageLaterIsShownAgainAndOtherKindsAreNotHeldBack() {
        warn(0, "disconnected");
        warn(1, "fenced");
        warn(3600, "disconnected");

        assertThat(texts()).containsExactly("disconnected", "fenced", "disconnected");
    }

    @Test
    void rememberedKindsAreLimited() {
        for (int i = 0; i < 10_000; i++) {
            warn(0, "kind " + Integer.toString(i, 36).replaceAll("\\d", "") + "x".repeat(i % 500));
        }
        assertThat(shown.list).isNotEmpty();
    }

    private List<String> texts() {
        return shown.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void warn(long second, String text) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName("org.apache.kafka.clients.NetworkClient");
        event.setLevel(Level.WARN);
        event.setThreadName("main");
        event.setInstant(Instant.ofEpochSecond(second));
        event.setMessage(text);
        warnings.doAppend(event);
    }
}
