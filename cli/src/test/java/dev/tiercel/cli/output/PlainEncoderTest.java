package dev.tiercel.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.tiercel.testkit.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
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
    void everyEncoderIsOne() throws IOException {
        String configured = Files.readString(Checkout.root().resolve("cli/src/main/resources/logback.xml"));
        assertThat(Pattern.compile("<encoder[^>]*>").matcher(configured).results())
                .isNotEmpty()
                .allSatisfy(tag -> assertThat(tag.group()).contains(PlainEncoder.class.getName()));
        assertThat(configured).doesNotContain("<layout");
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
