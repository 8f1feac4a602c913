package dev.tiercel.cli;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.collector.capture.ProbeException;
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
            DiskFullException.class,
            ProbeException.class,
            RegistryException.class,
            TopicException.class,
            UncheckedIOException.class);

    private final Set<Class<? extends Exception>> selfExplanatory;
    private final Set<Class<? extends Exception>> failedChecks;

    /// @param selfExplanatory exceptions of only some commands whose messages say what, where and how to fix it
    /// @param failedChecks those that mean that what was checked is wrong
    Failures(Set<Class<? extends Exception>> selfExplanatory, Set<Class<? extends Exception>> failedChecks) {
        this.selfExplanatory = selfExplanatory;
        this.failedChecks = failedChecks;
    }

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
            default -> (isOneOf(failedChecks, failure) ? ExitCode.CHECK_FAILED : ExitCode.ENVIRONMENT).number();
        };
    }

    private static boolean isOneOf(Set<Class<? extends Exception>> kinds, Throwable failure) {
        return kinds.stream().anyMatch(kind -> kind.isInstance(failure));
    }

    /// The message alone if it was written for people, else those of the whole chain of causes: the failure was not
    /// foreseen.
    private String described(Throwable failure) {
        String message = failure.getMessage();
        if (message != null && isSelfExplanatory(failure.getClass()) && !isBare(failure)) return message;
        StringBuilder text = new StringBuilder(said(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (!text.toString().contains(said(cause)))
                text.append("\n  caused by ").append(said(cause));
        }
        return text.append("\n  (--debug prints the stack trace)").toString();
    }

    private boolean isSelfExplanatory(Class<?> kind) {
        return SELF_EXPLANATORY.contains(kind) || selfExplanatory.contains(kind);
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
