package dev.tiercel.cli.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinksCommandTest {
    @TempDir
    private Path folder;

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("sinks.yaml"), content).toString();
    }

    @Test
    void checkSaysOfEachOutputWhetherItCanBeReached() throws IOException {
        String file = file("""
                outputs:
                  - {name: archive, type: file, path: alerts}
                  - {name: nowhere, type: file, path: missing/alerts}
                  - {name: pager, type: program, command: [no-such-program]}
                """);
        Run run = Run.of("sinks", "check", file);
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        assertThat(run.out()).isEqualTo("""
                archive              file       ok
                nowhere              file       cannot be reached: no such file or directory
                pager                program    cannot be reached: no program no-such-program that can be run
                3 outputs, 0 routes
                """);
        assertThat(folder.resolve("alerts")).as("nothing is sent").doesNotExist();
        assertThat(Run.of("sinks", "check", "--offline", file).exitCode()).isZero();
    }

    @Test
    void errorsHaveTheirPosition() throws IOException {
        String file = file("outputs: [{name: a, type: file, pth: x}]\n");
        for (String[] command : new String[][] {
            {"sinks", "check", file},
            {"sinks", "test", file, "a"},
            {"sink", file},
            {"up", "--sinks", file, "--data", folder.resolve("data").toString()}
        }) {
            Run run = Run.of(command);
            assertThat(run.exitCode()).as(command[0]).isEqualTo(ExitCode.CHECK_FAILED.number());
            assertThat(run.err())
                    .as(command[0])
                    .contains(file + ":1:33: ", "unknown key 'pth'", "did you mean 'path'?");
        }
        assertThat(folder.resolve("data")).as("nothing was started").doesNotExist();
        Run missing = Run.of("sinks", "check", folder.resolve("none").toString());
        assertThat(missing.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(missing.err()).contains("cannot read " + folder.resolve("none") + ": no such file or directory");
    }

    @Test
    void testSendsOneAlertThatSaysThatItIsATest() throws IOException {
        String file = file(
                "outputs: [{name: archive, type: file, path: alerts, format: text}]\nroutes: [{to: archive, when: alert.rule = Other}]\n");
        Run run = Run.of("sinks", "test", file, "archive");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).matches("output 'archive': test alert [0-9a-f]{32} has arrived\\R");
        assertThat(Files.readAllLines(folder.resolve("alerts")))
                .singleElement()
                .asString()
                .endsWith("Notice This is a test of output 'archive' of Tiercel. Nothing has happened.");
        assertThat(Run.of("sinks", "test", file, "other").err()).contains("no output 'other' in " + file + ": archive");
    }

    @Test
    void importTranslatesFalcosOutputs() throws IOException {
        Path falco = Files.writeString(folder.resolve("falco.yaml"), """
                rules_files: [/etc/falco/falco_rules.yaml]
                stdout_output: {enabled: false}
                syslog_output: {enabled: true}
                file_output: {enabled: true, keep_alive: false, filename: ./events.txt}
                program_output: {enabled: true, keep_alive: false, program: "jq '{text: .output}' | curl -d @- http://x"}
                http_output: {enabled: true, url: "https://sidekick:2801", insecure: true, mtls: true, client_cert: c.crt, client_key: c.key, ca_cert: ca.crt, echo: true}
                grpc_output: {enabled: true}
                """);
        Run run = Run.of("sinks", "import", falco.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                outputs:
                  - {name: syslog, type: syslog, address: "udp://127.0.0.1:514", format: text}
                  - {name: file, type: file, path: "./events.txt"}
                  - {name: program, type: program, command: [/bin/sh, -c, "jq '{text: .output}' | curl -d @- http://x"]}
                  - {name: http, type: falco, tls: {authority-file: "ca.crt", certificate-file: "c.crt", key-file: "c.key"}, url: "https://sidekick:2801"}
                """);
        assertThat(run.err()).isEqualTo("""
                tiercel: http_output.insecure: certificates are always verified; name the authority in tls.authority-file
                tiercel: http_output.echo has no equivalent
                tiercel: grpc_output has no equivalent
                """);
    }

    @Test
    void importTranslatesFalcosidekick() throws IOException {
        Path sidekick = Files.writeString(folder.resolve("config.yaml"), """
                listenport: 2801
                slack: {webhookurl: "https://hooks.slack.com/x", minimumpriority: Warning, footer: ""}
                pagerduty: {routingkey: k, region: eu, minimumpriority: critical}
                loki: {hostport: "http://loki:3100", tenant: blue}
                elasticsearch: {hostport: "http://es:9200", index: falco, username: u, password: p, suffix: daily}
                webhook: {address: "http://x", minimumpriority: ""}
                rocketchat: {webhookurl: "https://chat"}
                kafka: {hostport: ""}
                """);
        Run run = Run.of("sinks", "import", sidekick.toString());
        assertThat(run.out()).isEqualTo("""
                outputs:
                  - {name: slack, type: slack, url: {env: SLACK_WEBHOOKURL}}
                  - {name: pagerduty, type: pagerduty, routing-key: {env: PAGERDUTY_ROUTINGKEY}, url: "https://events.eu.pagerduty.com"}
                  - {name: loki, type: loki, headers: {X-Scope-OrgID: "blue"}, url: "http://loki:3100"}
                  - {name: elasticsearch, type: elasticsearch, index: "falco", url: "http://es:9200"}
                  - {name: webhook, type: falco, url: {env: WEBHOOK_ADDRESS}}

                routes:
                  - {to: slack, priority: warning, continue: true}
                  - {to: pagerduty, priority: critical, continue: true}
                  - {to: loki, continue: true}
                  - {to: elasticsearch, continue: true}
                  - {to: webhook, continue: true}
                """);
        assertThat(run.err()).isEqualTo("""
                tiercel: elasticsearch: give the login as header Authorization, {file: …} or {env: …}
                tiercel: elasticsearch.suffix has no equivalent
                tiercel: rocketchat has no equivalent yet
                """);
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "listenport: 2801\n");
        assertThat(Run.of("sinks", "import", empty.toString()).exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
    }

    @Test
    void withoutAFileThereIsNothingToDo() {
        Run run = Run.of("sink", "--bootstrap", "127.0.0.1:1", "--registry", "http://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("nothing to do: give a sinks file, or set sinks.file");
    }
}
