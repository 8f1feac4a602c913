package dev.tiercel.cli.demo;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.service.PlainCause;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// The container engine of this machine, by its command.
///
/// @param program `docker`, or another that knows its commands
record Docker(String program) {
    /// A name for a container that no other has.
    static String newName() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return "tiercel-demo-" + HexFormat.of().formatHex(random);
    }

    /// Runs a command to its end and returns what it printed, without white space around it.
    ///
    /// @throws EnvironmentException if it fails, with what it said
    String run(String... arguments) {
        try {
            Process process = new ProcessBuilder(command(Arrays.asList(arguments))).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new EnvironmentException("%s %s failed: %s".formatted(program, arguments[0], said.strip()));
            }
            return printed.strip();
        } catch (IOException failure) {
            throw missing(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted in " + program, stop);
        }
    }

    /// Begins a command whose standard input is a pipe; what it says on standard error is among what it prints.
    ///
    /// @throws EnvironmentException if there is no such program
    Process start(List<String> arguments) {
        try {
            return new ProcessBuilder(command(arguments))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException failure) {
            throw missing(failure);
        }
    }

    /// The same; nobody reads what it prints.
    Process startUnread(List<String> arguments) {
        try {
            return new ProcessBuilder(command(arguments))
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException failure) {
            throw missing(failure);
        }
    }

    /// @throws EnvironmentException if no engine answers
    void requireEngine() {
        try {
            run("version");
        } catch (EnvironmentException silent) {
            throw new EnvironmentException(
                    "no container engine answers, and the actions are performed in a container: install docker.io, or"
                            + " run this as a user who may use it; " + silent.getMessage(),
                    silent);
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        return command;
    }

    private EnvironmentException missing(IOException failure) {
        return new EnvironmentException("cannot run " + program + ": " + PlainCause.of(failure), failure);
    }
}
