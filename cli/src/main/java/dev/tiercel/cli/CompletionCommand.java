package dev.tiercel.cli;

import dev.tiercel.cli.output.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints a script that completes commands, options and their values.
@Command(
        name = "completion",
        description = {
            "Print a script with which the shell completes commands, options and their values.",
            "bash: source <(./tiercel completion bash), or write it to /etc/bash_completion.d/tiercel",
            "zsh:  source <(./tiercel completion zsh), after compinit in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    /// The shells; one script serves both.
    enum Shell {
        bash,
        zsh
    }

    /// What only the launcher knows.
    @Command(name = "build", description = "Build only.")
    private static final class Build {}

    @Command(name = "test", description = "Run all tests and print totals.")
    private static final class Test {}

    private static final Pattern VALUES = Pattern.compile("(?<=_args=)\\(.*\\)");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @SuppressWarnings("UnusedVariable") // one script serves both; another shell is refused
    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell = Shell.bash;

    @Override
    public Integer call() {
        CommandLine every = Main.commandLine(System.out, System.err)
                .addSubcommand(new Build())
                .addSubcommand(new Test());
        spec.commandLine().getOut().print(inLowerCase(AutoComplete.bash("tiercel", every)));
        spec.commandLine().getOut().flush();
        return ExitCode.SUCCESS.number();
    }

    /// The values of options, which picocli has from the names of constants, as they are written everywhere else.
    private static String inLowerCase(String script) {
        return VALUES.matcher(script).replaceAll(values -> values.group().toLowerCase(Locale.ROOT));
    }
}
