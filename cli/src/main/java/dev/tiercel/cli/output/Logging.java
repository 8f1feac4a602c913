package dev.tiercel.cli.output;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/// Logs to stderr what a person should read; logback finds it as a service. In code, since a configuration in XML
/// would load a parser and 600 classes into every process of a node.
///
/// A file that `-Dlogback.configurationFile` names, or a `logback-test.xml` on the class path, replaces it.
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String OTHER_FILE = "logback.configurationFile";

    /// Kafka warns of each connection that a planned stop cuts and of each partition that loads: into the log file
    /// of `up`, and bounded to stderr in `collect` and `detect`.
    private static final List<String> KAFKA = List.of("org.apache.kafka", "kafka", "state.change.logger");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(OTHER_FILE) != null || Logging.class.getResource("/logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        return configured(context);
    }

    ExecutionStatus configured(LoggerContext context) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(stderr(context));
        context.getLogger("dev.tiercel").setLevel(level("tiercel.log.level", Level.INFO));
        for (String name : KAFKA) {
            Logger kafka = context.getLogger(name);
            kafka.setLevel(level("tiercel.log.kafka", Level.WARN));
            kafka.setAdditive(false);
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level level(String property, Level otherwise) {
        return Level.toLevel(System.getProperty(property), otherwise);
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context) {
        PlainEncoder encoder = new PlainEncoder();
        encoder.setContext(context);
        encoder.setPattern("tiercel: %-5level %logger{0}: %msg%n%ex{short}");
        encoder.start();
        ThresholdFilter warnings = new ThresholdFilter();
        warnings.setLevel("WARN");
        warnings.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.addFilter(warnings);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
