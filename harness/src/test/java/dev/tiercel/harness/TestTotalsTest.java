package dev.tiercel.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTotalsTest {
    private static final String PASSED = "<testcase name='a' classname='x.ATest'/>";

    @TempDir
    private Path root;

    @Test
    void countsElementsAndNotTheHead() throws IOException {
        report("rules/target/surefire-reports/TEST-x.ATest.xml", """
                <testsuite name='x.ATest' tests='1' errors='0' skipped='0' failures='0'>
                <testcase name='a' classname='x.ATest'/>
                <testcase name='b' classname='x.ATest'><failure message='expected: 1'>trace</failure></testcase>
                <testcase name='c' classname='x.ATest'><error message='no &lt;file&gt;'/><system-out>x</system-out></testcase>
                <testcase name='d' classname='x.ATest'><skipped message='needs docker: no engine'/></testcase>
                <testcase name='e' classname='x.ATest'>
                </testcase></testsuite>""");
        TestTotals totals = TestTotals.of(root, 0);

        assertThat(totals.line()).isEqualTo("2 passed, 2 failed, 1 skipped");
        assertThat(totals.good()).isFalse();
        assertThat(listed(totals))
                .containsExactly(
                        "tiercel: skipped: x.ATest.d: needs docker: no engine",
                        "tiercel: FAILED: x.ATest.b: expected: 1",
                        "tiercel: FAILED: x.ATest.c: no <file>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flakyFailure", "flakyError", "rerunFailure", "rerunError"})
    void aTestThatPassedWhenRepeatedHasFailedOnce(String element) throws IOException {
        suite(PASSED + "<testcase name='b'><%1$s message='x'/><%1$s message='y'/></testcase>".formatted(element));

        assertThat(TestTotals.of(root, 0).line()).isEqualTo("1 passed, 1 failed, 0 skipped");
    }

    @Test
    void aFailureOutsideOfATestCounts() throws IOException {
        suite(PASSED + "<error message='in @AfterAll'/>");

        assertThat(TestTotals.of(root, 0).line()).isEqualTo("1 passed, 1 failed, 0 skipped");
    }

    /// As surefire writes an aborted test.
    @Test
    void aSkipWithoutAMessageSaysTheFirstLineOfItsText() throws IOException {
        suite("""
                <testcase name='a' classname='x.ATest'><skipped type='x'><![CDATA[org.opentest4j.TestAbortedException: needs docker: y
                	at x]]></skipped><system-out>z</system-out></testcase><testcase name='b'><skipped/></testcase>""");

        assertThat(listed(TestTotals.of(root, 0)))
                .containsExactly("tiercel: skipped: .b:", "tiercel: skipped: x.ATest.a: needs docker: y");
    }

    @Test
    void printedMarkupIsNoElement() throws IOException {
        suite("<testcase name='a'><system-out><![CDATA[<testcase/><failure/>]]></system-out></testcase>");

        assertThat(TestTotals.of(root, 0).line()).isEqualTo("1 passed, 0 failed, 0 skipped");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<testsuite name='x'><testcase name='a'/>",
                "<testsuite name='x'><testcase name='a'",
                "<testsuite name='x'>&undeclared;</testsuite>",
                "<project name='x'><testcase name='a'/></project>",
                "<!DOCTYPE testsuite [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><testsuite name='x'>&e;</testsuite>"
            })
    void aReportThatCannotBeReadIsAFailure(String text) throws IOException {
        suite(PASSED);
        report("cli/target/surefire-reports/TEST-x.BTest.xml", text);
        TestTotals totals = TestTotals.of(root, 0);

        assertThat(totals.line()).isEqualTo("1 passed, 1 failed, 0 skipped");
        assertThat(listed(totals).getFirst())
                .startsWith("tiercel: FAILED: cli/target/surefire-reports/TEST-x.BTest.xml cannot be read: ");
    }

    @Test
    void nothingAtAllIsAFailure() throws IOException {
        assertThat(TestTotals.of(root, 0).line()).isEqualTo("0 passed, 1 failed, 0 skipped");
    }

    @Test
    void fewerThanTheFloorIsAFailure() throws IOException {
        suite(PASSED);

        assertThat(TestTotals.of(root, 1).good()).isTrue();
        assertThat(listed(TestTotals.of(root, 2)))
                .containsExactly("tiercel: FAILED: 1 tests ran, at least 2 should have");
    }

    @Test
    void aWholeRunHasReportsOfEveryModule() throws IOException {
        suite(PASSED);
        report("cli/src/test/java/x/BTest.java", "");
        report("it/src/test/java/x/CIT.java", "");
        report("probe-c/test/probe_test.c", "");
        report("schemas/src/test/java/x/Fixture.java", "");

        assertThat(TestTotals.of(root, 0).good()).isTrue();
        assertThat(listed(TestTotals.of(root, 1)))
                .containsExactly(
                        "tiercel: FAILED: no test of cli/src/test/java/**/*Test.java has left a report",
                        "tiercel: FAILED: no test of it/src/test/java/**/*IT.java has left a report",
                        "tiercel: FAILED: no test of probe-c/test/**/*_test.c has left a report");
    }

    @Test
    void aJvmThatDiedIsAFailure() throws IOException {
        suite(PASSED);
        report("cli/target/test-runs/17.running", "started x.BTest\n");
        TestTotals totals = TestTotals.of(root, 0);

        assertThat(totals.line()).isEqualTo("1 passed, 1 failed, 0 skipped");
        assertThat(listed(totals))
                .startsWith("tiercel: FAILED: a test JVM died: cli/target/test-runs/17.running", "started x.BTest");
    }

    @Test
    void whatIsNotAReportIsNotCounted() throws IOException {
        suite(PASSED);
        report("rules/src/test/resources/surefire/TEST-x.xml", "<testsuite");
        report("rules/target/surefire-reports/failsafe-summary.xml", "<x");
        report(".tiercel/rules/target/surefire-reports/TEST-x.xml", "<x");

        assertThat(TestTotals.of(root, 0).good()).isTrue();
    }

    /// As `./tiercel test` runs it: no class path, only the JDK.
    @Test
    void runsFromItsSource() throws Exception {
        suite("<testcase name='a'/><testcase name='b'><failure message='x'/></testcase>");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "src/main/java/dev/tiercel/harness/TestTotals.java",
                        root.toString(),
                        "1",
                        "Maven failed")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "tiercel: FAILED: .b: x", "tiercel: FAILED: Maven failed", "1 passed, 2 failed, 0 skipped");
        assertThat(java.waitFor()).isEqualTo(1);
    }

    private void suite(String elements) throws IOException {
        report(
                "rules/target/surefire-reports/TEST-x.ATest.xml",
                "<testsuite name='x.ATest' failures='0'>" + elements + "</testsuite>");
    }

    private void report(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> listed(TestTotals totals) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        totals.list(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
