package dev.tiercel.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/// The last line of `./tiercel test`: counts every report below a checkout, lists what was skipped and what failed.
///
/// Needs the JDK alone and is run from its source, so that it works whatever did not build:
/// `java harness/src/main/java/dev/tiercel/harness/TestTotals.java ROOT [FLOOR [FAULT…]]`. With a floor the run is a
/// whole one: fewer tests fail it, and so does a kind of test of which a module has sources and no report. A fault is
/// what went wrong outside of the tests, in words.
///
/// Exit status: 0 if nothing failed and nothing is missing, else 1.
public final class TestTotals {
    private static final Pattern REPORT = Pattern.compile(".*/(surefire|failsafe|probe)-reports/TEST-[^/]*\\.xml");
    private static final Pattern DIED = Pattern.compile(".*/target/test-runs/[^/]*\\.running");
    private static final Set<String> NO_MODULES = Set.of(".git", ".tiercel", "node_modules");

    private final List<String> failed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int tests;

    private TestTotals() {}

    /// Prints the lists on stderr, the totals on stdout.
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        int floor = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        TestTotals totals = of(root, floor);
        Arrays.stream(arguments).skip(2).forEach(totals.faults::add);
        totals.list(new PrintStream(System.err, true, StandardCharsets.UTF_8));
        System.out.println(totals.line());
        System.exit(totals.good() ? 0 : 1);
    }

    /// Reads everything below `root`; `floor` 0 is a run of some modules only.
    static TestTotals of(Path root, int floor) throws IOException {
        TestTotals totals = new TestTotals();
        totals.readAll(root);
        if (floor > 0) totals.checkModules(root);
        if (totals.tests < Math.max(floor, 1)) {
            totals.faults.add(totals.tests + " tests ran, at least " + Math.max(floor, 1) + " should have");
        }
        return totals;
    }

    private void readAll(Path root) throws IOException {
        for (Path file : files(root)) {
            if (REPORT.matcher(file.toString()).matches()) {
                read(root, file);
            } else if (DIED.matcher(file.toString()).matches()) {
                faults.add("a test JVM died: " + root.relativize(file) + "\n" + Files.readString(file));
            }
        }
    }

    private void read(Path root, Path file) throws IOException {
        try {
            TestReport report = TestReport.read(file);
            tests += report.tests();
            failed.addAll(report.failed());
            skipped.addAll(report.skipped());
        } catch (XMLStreamException e) {
            faults.add(root.relativize(file) + " cannot be read: " + e.getMessage());
        }
    }

    private void checkModules(Path root) throws IOException {
        try (var folders = Files.list(root)) {
            for (Path module : folders.sorted().toList()) {
                checkReports(module, "src/test/java", "Test.java", "target/surefire-reports");
                checkReports(module, "src/test/java", "IT.java", "target/failsafe-reports");
                checkReports(module, "test", "_test.c", "build/probe-reports");
            }
        }
    }

    private void checkReports(Path module, String sources, String suffix, String reports) throws IOException {
        if (has(module.resolve(sources), suffix) && !has(module.resolve(reports), ".xml")) {
            faults.add("no test of " + module.getFileName() + "/" + sources + "/**/*" + suffix + " has left a report");
        }
    }

    private static boolean has(Path folder, String suffix) throws IOException {
        return Files.isDirectory(folder)
                && files(folder).stream().anyMatch(file -> file.toString().endsWith(suffix));
    }

    private static List<Path> files(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NO_MODULES.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        return files;
    }

    /// No failure and no fault.
    boolean good() {
        return failed.isEmpty() && faults.isEmpty();
    }

    /// A fault of the run counts as a failure, so that the last line cannot look good.
    String line() {
        int passed = Math.max(0, tests - failed.size() - skipped.size());
        return "%d passed, %d failed, %d skipped".formatted(passed, failed.size() + faults.size(), skipped.size());
    }

    void list(PrintStream out) {
        skipped.stream().sorted().forEach(line -> out.println("tiercel: skipped: " + line));
        failed.stream().sorted().forEach(line -> out.println("tiercel: FAILED: " + shortened(line)));
        faults.forEach(fault -> out.println("tiercel: FAILED: " + fault));
    }

    private static String shortened(String line) {
        return line.length() > 3000 ? line.substring(0, 3000) + "…" : line;
    }
}
