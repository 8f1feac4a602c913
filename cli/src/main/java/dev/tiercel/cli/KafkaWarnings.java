package dev.tiercel.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes Kafka's warnings on, of each kind one a minute, with the number of those left out.
///
/// A client that cannot reach its broker repeats itself several times a second. Two warnings are of one kind if they
/// have the same logger and the same text but for their numbers. `up` has all of them in its log file instead.
final class KafkaWarnings extends AppenderBase<ILoggingEvent> {
    private static final long INTERVAL_MILLIS = 60_000;
    private static final int KINDS = 200;
    private static final List<String> LOGGERS = List.of("org.apache.kafka", "kafka", "state.change.logger");

    private final Appender<ILoggingEvent> target;
    private final Map<String, Kind> kinds = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kind> eldest) {
            return size() > KINDS;
        }
    };

    private static final class Kind {
        private final long since;
        private int leftOut;

        Kind(long since) {
            this.since = since;
        }
    }

    KafkaWarnings(Appender<ILoggingEvent> target) {
        this.target = target;
    }

    /// Sends Kafka's warnings to stderr, where the process's own go; does nothing under another logging backend.
    static void toStderr() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Appender<ILoggingEvent> stderr =
                    context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");
            if (stderr != null) {
                KafkaWarnings bounded = new KafkaWarnings(stderr);
                bounded.setContext(context);
                bounded.setName("kafka-warnings");
                bounded.start();
                LOGGERS.forEach(name -> context.getLogger(name).addAppender(bounded));
            }
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        String text = event.getLoggerName() + " " + event.getMessage().replaceAll("\\d+", "#");
        Kind kind = kinds.get(text);
        if (kind != null && event.getTimeStamp() - kind.since < INTERVAL_MILLIS) {
            kind.leftOut++;
            return;
        }
        kinds.put(text, new Kind(event.getTimeStamp()));
        if (kind != null && kind.leftOut > 0) {
            target.doAppend(repeated(event, kind.leftOut));
        }
        target.doAppend(event);
    }

    private static LoggingEvent repeated(ILoggingEvent event, int count) {
        LoggingEvent note = new LoggingEvent();
        note.setLoggerName(event.getLoggerName());
        note.setLevel(event.getLevel());
        note.setThreadName(event.getThreadName());
        note.setInstant(event.getInstant());
        note.setMessage("the next warning was repeated " + count + " times since it was last shown");
        return note;
    }
}
