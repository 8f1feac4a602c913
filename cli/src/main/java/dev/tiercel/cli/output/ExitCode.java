package dev.tiercel.cli.output;

/// What the process says to whoever started it.
public enum ExitCode {
    /// Done.
    DONE(0),
    /// The answer is no: rules with errors, a machine that cannot do it.
    NO(1),
    /// The command line or the settings are wrong.
    USAGE(2),
    /// The environment lacks something: no broker, no privileges, no such file.
    ENVIRONMENT(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
