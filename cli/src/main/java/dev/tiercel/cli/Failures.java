package dev.tiercel.cli;

import dev.tiercel.broker.BrokerException;
import dev.tiercel.broker.PortTakenException;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Console;
import dev.tiercel.collector.capture.ProbeException;
import dev.tiercel.detector.RulesRefusedException;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.TopicException;
import dev.tiercel.service.SettingsException;
import java.io.UncheckedIOException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeExceptionMapper;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Turns an exception into what a person can act on and the exit code; stack traces only with `--debug`.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler, IExitCodeExceptionMapper {
    /// Their messages say what, where and how to fix it.
    private static final Set<Class<? extends Exception>> SPEAKING = Set.of(
            EnvironmentException.class,
            BrokerException.class,
            PortTakenException.class,
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
            case RulesRefusedException _ -> ExitCode.NO.number();
            default -> ExitCode.ENVIRONMENT.number();
        };
    }

    /// The message alone where it was written for people, else everything there is, since nobody foresaw it.
    private static String described(Throwable failure) {
        String message = failure.getMessage();
        if (message != null && SPEAKING.contains(failure.getClass())) return message;
        StringBuilder text = new StringBuilder(failure.toString());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (!text.toString().contains(cause.toString()))
                text.append("\n  because of ").append(cause);
        }
        return text.append("\n  (--debug shows where)").toString();
    }

    private static String path(CommandLine commandLine) {
        String name = commandLine.getCommandSpec().qualifiedName(" ");
        return name.contains(" ") ? name.substring(name.indexOf(' ') + 1) + " " : "";
    }
}
