package dev.tiercel.cli.up;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.tiercel.cli.output.PlainEncoder;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log file in the data directory, of bounded size: `tiercel.log`, then `.1` to `.3`, 10 MiB each.
final class LogFile {
    private static final String NAME = "tiercel.log";

    /// The root logger, and those without additivity, which `Logging` keeps off stderr.
    private static final List<String> LOGGERS =
            List.of(Logger.ROOT_LOGGER_NAME, "org.apache.kafka", "kafka", "state.change.logger");

    private LogFile() {}

    /// Starts logging to the file in `directory`, too; does nothing under another logging backend.
    static Path open(Path directory) {
        Path file = directory.resolve(NAME);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Appender<ILoggingEvent> appender = appender(context, file);
            LOGGERS.forEach(name -> context.getLogger(name).addAppender(appender));
        }
        return file;
    }

    private static RollingFileAppender<ILoggingEvent> appender(LoggerContext context, Path file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName(NAME);
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context));
        FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
        names.setContext(context);
        names.setFileNamePattern(file + ".%i");
        names.setMinIndex(1);
        names.setMaxIndex(3);
        names.setParent(appender);
        names.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(10L << 20));
        size.start();
        appender.setRollingPolicy(names);
        appender.setTriggeringPolicy(size);
        appender.start();
        return appender;
    }

    private static PlainEncoder encoder(LoggerContext context) {
        PlainEncoder encoder = new PlainEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{30} %msg%n");
        encoder.start();
        return encoder;
    }
}
