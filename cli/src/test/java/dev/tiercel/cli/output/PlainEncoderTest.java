package dev.tiercel.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainEncoderTest {
    private static final String HOSTILE = "up\r\ntiercel: ERROR forged\u001b[2J\u202e";

    @Test
    void neitherMessageNorExceptionForgesALine() {
        String text = encode(new IllegalStateException(HOSTILE));
        assertThat(text).doesNotContain("\u001b", "\u202e", "\r").contains("\\x1b[2J\\u202e");
        assertThat(text.lines().filter(line -> line.startsWith("tiercel: "))).hasSize(1);
        assertThat(text.lines().skip(1)).allMatch(line -> line.startsWith(" ") || line.startsWith("\t"));
        assertThat(text).endsWith("\n");
    }

    /// What is not encoded by it could be forged.
    @Test
    void whatIsLoggedWithoutAConfigurationIsEncodedByIt() {
        LoggerContext context = new LoggerContext();
        assertThat(new Logging().configured(context)).isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        assertThat(context.getLogger("ROOT").iteratorForAppenders())
                .toIterable()
                .singleElement()
                .isInstanceOfSatisfying(
                        ConsoleAppender.class,
                        stderr -> assertThat(stderr.getEncoder()).isInstanceOf(PlainEncoder.class));
        assertThat(context.getLogger("org.apache.kafka").isAdditive()).isFalse();
    }

    /// Tests log as their own file says.
    @Test
    void aFileForTestsReplacesIt() {
        assertThat(new Logging().configure(new LoggerContext()))
                .isEqualTo(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY);
    }

    private static String encode(RuntimeException failure) {
        LoggerContext context = new LoggerContext();
        PlainEncoder encoder = new PlainEncoder();
        encoder.setContext(context);
        encoder.setPattern("tiercel: %-5level %logger{0}: %msg%n%ex");
        encoder.start();
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("test"), Level.WARN, "rules from {} refused", failure, new Object[] {HOSTILE});
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
