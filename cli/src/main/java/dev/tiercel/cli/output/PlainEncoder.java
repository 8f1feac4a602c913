package dev.tiercel.cli.output;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.tiercel.service.PlainText;
import java.nio.charset.StandardCharsets;

/// Writes log events by a pattern; whatever a message or an exception quotes from outside, an event is one line and
/// indented lines after it, without control characters. All appenders use it.
public final class PlainEncoder extends PatternLayoutEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
        return PlainText.block(getLayout().doLayout(event)).getBytes(StandardCharsets.UTF_8);
    }
}
