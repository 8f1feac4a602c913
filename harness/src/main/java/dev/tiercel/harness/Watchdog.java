package dev.tiercel.harness;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Ends the test JVM with a thread dump if no test or class has started or ended for `tiercel.test.silence` seconds
/// (400 by default): a class that hangs in an initialiser, in `@AfterAll` or past its interrupt fails the build.
///
/// JUnit's own timeout, which is shorter, interrupts a test that can be interrupted; this is for what ignores it. The
/// dump goes to stderr and into the record of the run ([RunRecord]).
public final class Watchdog implements TestExecutionListener {
    /// Exit status of a JVM that was ended.
    static final int EXIT_CODE = 99;

    private final Duration limit = Duration.ofSeconds(Long.getLong("tiercel.test.silence", 400));
    private volatile long lastNanos;
    private volatile String last = "";
    private volatile boolean running;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        heard("the start of the run");
        running = true;
        Thread.ofPlatform().daemon().name("test-watchdog").start(this::watch);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        running = false;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        heard("the start of " + test.getUniqueId());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        heard("the end of " + test.getUniqueId());
    }

    private void heard(String what) {
        lastNanos = System.nanoTime();
        last = what;
    }

    private void watch() {
        while (running) {
            long left = lastNanos + limit.toNanos() - System.nanoTime();
            if (left <= 0) end();
            LockSupport.parkNanos(Math.min(left, Duration.ofSeconds(1).toNanos()));
        }
    }

    private void end() {
        try {
            String report = "test watchdog: nothing for " + limit.toSeconds() + " s since " + last + "\n" + threads();
            RunRecord.append(report);
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8).println(report);
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /// Every thread with its locks, as `jstack` prints them.
    private static String threads() {
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            Object[] options = {new String[] {"-l"}};
            String[] signature = {String[].class.getName()};
            return (String)
                    ManagementFactory.getPlatformMBeanServer().invoke(commands, "threadPrint", options, signature);
        } catch (JMException e) {
            return "no thread dump: " + e;
        }
    }
}
