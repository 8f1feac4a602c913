package dev.tiercel.fields.syscall;

import dev.tiercel.schemas.ProcessView;

/// Arguments and environment of a process as single texts.
final class CommandLine {

    private CommandLine() {}

    /// Name and arguments, separated by blanks.
    static String of(ProcessView process) {
        return process.commandLine();
    }

    /// Arguments, separated by blanks.
    static String arguments(ProcessView process) {
        return process.joinedArguments();
    }

    /// Value of the variable `name`, empty if it is not set; all of the environment if `name` is empty.
    static String environment(ProcessView process, String name) {
        if (name.isEmpty()) {
            return String.join(" ", process.environment());
        }
        for (String variable : process.environment()) {
            if (variable.length() > name.length()
                    && variable.charAt(name.length()) == '='
                    && variable.startsWith(name)) {
                return variable.substring(name.length() + 1).strip();
            }
        }
        return "";
    }
}
