package dev.tiercel.cli.output;

/// Exit codes of the process.
public enum ExitCode {
    /// Success.
    SUCCESS(0),
    /// A check failed: rules with errors, failing rule tests, a machine that cannot run Tiercel.
    CHECK_FAILED(1),
    /// The command line or the settings are invalid.
    USAGE(2),
    /// A prerequisite is missing or failed: no broker, no privileges, no such file.
    ENVIRONMENT(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
