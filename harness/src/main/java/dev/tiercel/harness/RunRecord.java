package dev.tiercel.harness;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// The trace of a test JVM that died: `PID.running` in the folder that `tiercel.test.runs` names, deleted at the end of
/// the run.
///
/// A JVM that exits, crashes or is killed leaves no report of the class it was at, and Maven goes on to the next
/// module; [TestTotals] fails for each such file. It holds the classes that started, and the dump of the
/// [Watchdog].
public final class RunRecord implements TestExecutionListener {
    private static final String SUFFIX = ".running";

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        append("");
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.getSource().orElse(null) instanceof ClassSource type) append("started " + type.getClassName() + "\n");
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        file().ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static void append(String text) {
        file().ifPresent(file -> {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, text, CREATE, APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Optional<Path> file() {
        String folder = System.getProperty("tiercel.test.runs");
        return Optional.ofNullable(folder)
                .map(name -> Path.of(name, ProcessHandle.current().pid() + SUFFIX));
    }
}
