package dev.tiercel.fields.syscall;

import dev.tiercel.schemas.ProcessView;
import java.util.ArrayList;
import java.util.List;

/// What a process runs, beside what was asked for.
final class ExecCommand {
    /// An interpreter's path and one argument of its own, see execve(2).
    private static final int MOST_OF_INTERPRETER = 2;

    private ExecCommand() {}

    /// Whether the process runs `command`: its arguments are the same, or those of the interpreter of a script.
    static boolean isRunBy(ProcessView process, List<String> command) {
        List<String> argv = new ArrayList<>();
        argv.add(process.exe());
        argv.addAll(process.arguments());
        return argv.equals(command) || isScript(argv, command);
    }

    /// The kernel puts the interpreter before a script, and the script's path in place of its name.
    private static boolean isScript(List<String> argv, List<String> command) {
        int more = argv.size() - command.size();
        if (more < 1 || more > MOST_OF_INTERPRETER) return false;
        List<String> script = argv.subList(more, argv.size());
        return name(script.getFirst()).equals(name(command.getFirst()))
                && script.subList(1, script.size()).equals(command.subList(1, command.size()));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
