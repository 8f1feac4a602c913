package dev.tiercel.cli;

import dev.tiercel.broker.BrokerException;
import dev.tiercel.broker.PortTakenException;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.collector.capture.ProbeException;
import dev.tiercel.detector.publication.RulesRefusedException;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.TopicException;
import dev.tiercel.service.DiskFullException;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.SettingsException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeExceptionMapper;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Turns an exception into a message a person can act on and an exit code; stack traces only with `--debug`.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler, IExitCodeExceptionMapper {
    /// Exceptions whose messages say what, where and how to fix it.
    private static final Set<Class<? extends Exception>> SELF_EXPLANATORY = Set.of(
            EnvironmentException.class,
            BrokerException.class,
            PortTakenException.class,
            DiskFullException.class,
            ProbeException.class,
            RegistryException.class,
            RulesRefusedException.class,
            TopicException.class,
            UncheckedIOException.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, ParseResult result) {
        Console console = new Console(commandLine.getErr());
        if (failure instanceof SettingsException wrong) {
            wrong.problems().forEach(console::print);
        } else {
            console.print(described(failure));
        }
        if (TiercelCommand.debug(commandLine)) failure.printStackTrace(commandLine.getErr());
        return getExitCode(failure);
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine commandLine = wrong.getCommandLine();
        Console console = new Console(commandLine.getErr());
        console.print(String.valueOf(wrong.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, commandLine.getErr());
        console.print("see tiercel " + path(commandLine) + "--help");
        return ExitCode.USAGE.number();
    }

    @Override
    public int getExitCode(Throwable failure) {
        return switch (failure) {
            case ParameterException _, SettingsException _ -> ExitCode.USAGE.number();
            case RulesRefusedException _ -> ExitCode.CHECK_FAILED.number();
            default -> ExitCode.ENVIRONMENT.number();
        };
    }

    /// The message alone if it was written for people, else those of the whole chain of causes: the failure was not
    /// foreseen.
    private static String described(Throwable failure) {
        String message = failure.getMessage();
        if (message != null && SELF_EXPLANATORY.contains(failure.getClass()) && !isBare(failure)) return message;
        StringBuilder text = new StringBuilder(said(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (!text.toString().contains(said(cause)))
                text.append("\n  caused by ").append(said(cause));
        }
        return text.append("\n  (--debug prints the stack trace)").toString();
    }

    /// Whether it says no more than its cause.
    private static boolean isBare(Throwable failure) {
        return failure.getCause() != null
                && String.valueOf(failure.getMessage())
                        .equals(failure.getCause().toString());
    }

    private static String said(Throwable failure) {
        Throwable cause = failure.getCause();
        Throwable root = cause != null && isBare(failure) ? cause : failure;
        String file =
                root instanceof FileSystemException named && named.getFile() != null ? named.getFile() + ": " : "";
        return file + PlainCause.of(root);
    }

    private static String path(CommandLine commandLine) {
        String name = commandLine.getCommandSpec().qualifiedName(" ");
        return name.contains(" ") ? name.substring(name.indexOf(' ') + 1) + " " : "";
    }
}
