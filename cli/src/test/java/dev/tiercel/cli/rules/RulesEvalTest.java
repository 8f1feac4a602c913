package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesEvalTest {
    private static final String EVENTS = "src/test/resources/samples/events/shell.jsonl";
    private static final String HOSTILE = "src/test/resources/samples/events/hostile.jsonl";
    private static final String RULES = "src/test/resources/samples/events/rules.yaml";

    private static final String AUDIT = "src/test/resources/samples/events/audit.jsonl";
    private static final String AUDIT_RULES = "src/test/resources/samples/events/audit-rules.yaml";

    @TempDir
    Path folder;

    private static Run eval(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "rules";
        all[1] = "eval";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Run.of(all);
    }

    /// The output of a run, without timings.
    private static String transcript(Run run) {
        return "exit %d\n--- out\n%s--- err\n%s"
                .formatted(
                        run.exitCode(), run.out(), run.err().replaceAll("[0-9]+\\.[0-9] s, [0-9]+ events/s", "TIME"));
    }

    @Test
    void rulesPrintTheAlertsThatTheDetectorWould() {
        Golden.check(
                "eval/alerts.txt", transcript(eval("--events", EVENTS, "--rules", RULES, "--time-format-iso-8601")));
    }

    @Test
    void allMatchesArePrintedAsText() {
        Golden.check(
                "eval/all-text.txt",
                transcript(
                        eval("--events", EVENTS, "--rules", RULES, "--all", "-o", "text", "--time-format-iso-8601")));
    }

    @Test
    void countPrintsMatchesPerRule() {
        Run run = eval("--events", EVENTS, "--rules", RULES, "--all", "--count");
        assertThat(run.out()).isEqualTo("1\tRead shadow\n2\tRead anything\n1\tConnection out\n1\tMiner image\n");
    }

    @Test
    void aFilterPrintsTheNumbersOfMatchingLines() {
        Run run = eval("--events", EVENTS, "--filter", "evt.type = openat and proc.pid >= 4712");
        assertThat(run.out()).isEqualTo("2\n5\n");
        assertThat(run.err()).startsWith("tiercel: 5 events, 2 matches, 0 bad lines, ");
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
    }

    @Test
    void aFilterPrintsEventsInTheGivenFormat() {
        Run run = eval("-e", EVENTS, "-f", "fd.ip = 192.0.2.1", "--format", "%evt.num %proc.cmdline %user.name");
        assertThat(run.out()).isEqualTo("3 curl https://example.org/?q=\\x1b[31mred\" <NA>\n");
    }

    @Test
    void aFilterAppliesToOneSource() {
        Run run = eval("-e", EVENTS, "--source", "k8s_audit", "-f", "ka.verb = create", "--format", "%ka.user.name");
        assertThat(run.out()).isEqualTo("eve\n");
        assertThat(eval("-e", EVENTS, "-f", "evt.num exists", "--count").out()).isEqualTo("4\n");
    }

    @Test
    void documentsAreJudgedAsTheirSourceWroteThem() {
        Golden.check(
                "eval/documents.txt",
                transcript(eval(
                        "--events",
                        AUDIT,
                        "--source",
                        "k8s_audit",
                        "--rules",
                        AUDIT_RULES,
                        "-o",
                        "text",
                        "--time-format-iso-8601")));
    }

    @Test
    void aFileMayBeOneDocumentOfManyLines() {
        Run run = eval(
                "--events",
                "src/test/resources/samples/events/audit-pretty.json",
                "--source",
                "k8s_audit",
                "--filter",
                "ka.verb = get",
                "--format",
                "%ka.target.name %evt.num %evt.pluginname");
        assertThat(run.out()).isEqualTo("pretty 1 k8saudit\n");
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
    }

    @Test
    void anyJsonIsADocumentOfSourceJson() throws IOException {
        Path events = Files.writeString(
                folder.resolve("any.jsonl"),
                "{\"user.name\":\"eve\",\"a\":[{\"b\":7}]}\n{\"json.value[/a/0/b]\":\"7\"}\n");
        Run run = eval("-e", events.toString(), "--source", "json", "-f", "json.value[/a/0/b] = 7");
        assertThat(run.out()).isEqualTo("1\n2\n");
    }

    @Test
    void aDocumentWithoutItsSourceIsExplained() {
        Run run = eval("--events", AUDIT, "--filter", "evt.num exists");
        assertThat(run.err())
                .contains("audit.jsonl:1: the value of 'user' is nested")
                .contains("; a document as its source wrote it needs --source");
    }

    @Test
    void noMatchIsSuccess() {
        Run run = eval("--events", EVENTS, "--filter", "evt.type = ptrace");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
    }

    @Test
    void linesThatAreNotEventsAreReportedAndSkipped() {
        Golden.check(
                "eval/hostile.txt",
                transcript(eval("--events", HOSTILE, "--filter", "fd.name = /etc/shadow", "--format", "%evt.num")));
    }

    @Test
    void onlySomeOfManyBadLinesAreReported() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.jsonl"), "x\n".repeat(1000));
        Run run = eval("--events", bad.toString(), "--filter", "evt.num exists");
        assertThat(run.err().lines()).hasSize(12);
        assertThat(run.err()).contains("0 events, 0 matches, 1000 bad lines");
    }

    @Test
    void gzipIsDetectedByContentAndSeveralFilesAreNamed() throws IOException {
        Path packed = folder.resolve("packed.jsonl");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(Path.of(EVENTS), out);
        }
        Run run = eval("--events", packed.toString(), EVENTS, "--filter", "proc.name = bash");
        assertThat(run.out()).isEqualTo(packed + ":1\n" + EVENTS + ":1\n");
    }

    @Test
    void standardInputIsRead() throws IOException {
        InputStream before = System.in;
        try (InputStream events = new ByteArrayInputStream(Files.readAllBytes(Path.of(EVENTS)))) {
            System.setIn(events);
            assertThat(eval("--events", "-", "--filter", "proc.name = bash").out())
                    .isEqualTo("1\n");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void rulesThatDoNotCompileExitWithOne() throws IOException {
        Path bad = Files.writeString(
                folder.resolve("bad.yaml"), Files.readString(Path.of(RULES)).replace("evt.type in", "evt.typ in"));
        Run run = eval("--events", EVENTS, "--rules", bad.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("evt.typ ").contains("bad.yaml:3");
    }

    @Test
    void invalidOptionsAreUsageErrors() {
        assertThat(eval("--events", EVENTS, "--rules", RULES, "--filter", "evt.num exists")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(eval("--events", EVENTS, "--rules", RULES, "--format", "%evt.num")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(eval("--events", EVENTS, "--filter", "evt.numm exists").exitCode())
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(eval("--events", EVENTS, "--source", "sycall").err()).contains("syscall, k8s_audit");
        assertThat(eval("--filter", "evt.num exists").exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void aMissingOrTruncatedFileIsAnEnvironmentError() throws IOException {
        Run missing = eval("--events", folder.resolve("none").toString(), "--filter", "evt.num exists");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(missing.err()).contains("cannot read " + folder.resolve("none"));

        Path cut = folder.resolve("cut.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(cut))) {
            out.write("{\"evt.num\": 1}\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThat(eval("--events", cut.toString(), "--filter", "evt.num exists")
                        .exitCode())
                .isEqualTo(ExitCode.ENVIRONMENT.number());
    }

    @Test
    void aRecordingIsJudged() {
        Run run = eval("--events", "src/test/resources/samples/small.kev", "--filter", "evt.type exists", "--count");
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(Integer.parseInt(run.out().strip())).isPositive();
        Run alerts = eval(
                "--events",
                "src/test/resources/samples/small.kev",
                "--filter",
                "evt.type = openat",
                "--format",
                "%evt.type %evt.hostname");
        assertThat(alerts.out()).startsWith("openat ");
    }

    @Test
    void aBrokenRecordingIsSaidToBe() throws IOException {
        Path broken = Files.writeString(folder.resolve("x.kev"), "TKEV and no more");
        Run run = eval("--events", broken.toString(), "--filter", "evt.type exists");
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("cannot read " + broken).doesNotContain("Exception");
    }

    @Test
    void aValueOfTheWrongTypeIsAnError() throws IOException {
        Path events = Files.writeString(folder.resolve("e.jsonl"), """
                {"evt.type": "open", "proc.pid": "seven", "fd.sip": "10.0.0.1"}
                {"evt.type": "open", "proc.pid": 7, "fd.sip": "ten"}
                {"evt.type": "open", "proc.pid": true}
                {"evt.type": "open", "proc.pid": [7], "proc.is_exe_writable": 5}
                {"evt.type": "open", "proc.pid": "0x7", "proc.is_exe_writable": "false", "fd.sport": "<NA>"}
                {"evt.type": "open", "proc.pid": null, "fd.sport": ""}
                {"evt.type": "open", "proc.name": 5, "fd.num": "not asked for"}
                """);
        Run run = eval(
                "--events",
                events.toString(),
                "--filter",
                "proc.pid > 0 or proc.name = a or fd.sip = 1.1.1.1 or fd.sport = 1 or proc.is_exe_writable = true");
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        assertThat(run.out()).isEqualTo("5\n");
        assertThat(run.err())
                .contains(
                        "e.jsonl:1: proc.pid is of type int64, not 'seven'",
                        "e.jsonl:2: fd.sip is of type ipaddr, not 'ten'",
                        "e.jsonl:3: proc.pid is of type int64, not 'true'",
                        "e.jsonl:4: proc.is_exe_writable is of type bool, not '5'",
                        "3 events, 1 match, 4 bad lines");
    }
}
