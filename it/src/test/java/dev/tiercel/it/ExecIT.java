package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.it.AlertLog.Seen;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is behind a shell: real processes in a real container, entered by a real runtime, and an API server's audit
/// event about it at the webhook.
@Tag("kernel")
class ExecIT {
    private static final String NAME = "it-exec";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String READ = "/bin/cat /etc/shadow > /dev/null; true";

    private static final String RULES = ShortRules.printing(
            "%proc.name %proc.cmdline %container.name %proc.pname %proc.pcmdline %proc.aname[2] %proc.aname[3]", """
            - rule: Shadow read in a container
              condition: evt.type in (open, openat, openat2) and fd.name = /etc/shadow and container.id != host
            """);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void alertsBelowAnExecNameTheUserAndOthersDoNot(@TempDir Path directory) throws Exception {
        Machine.mustTrace();
        Machine.mustRunContainers();
        new Actor(directory).buildImage();
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        int webhook = Machine.freePort();
        int health = Machine.freePort();
        try (TiercelProcess tiercel = TiercelProcess.up(
                        directory.resolve("data"),
                        "--rules",
                        rules.toString(),
                        "--source",
                        "k8s-audit=:" + webhook,
                        "--set",
                        "health.port=" + health);
                AlertLog alerts = new AlertLog(tiercel.client())) {
            try {
                startPod();
                assertThat(user(alerts, () -> {})).as("the pod itself").isEqualTo("<NA>");
                awaitGrown();
                assertThat(user(alerts, () -> enter("sh", "-c", READ)))
                        .as("root of the node, by docker exec, before anybody asked the API server")
                        .isEqualTo("<NA>");

                audit(webhook, "command=sh&command=-c&command=" + READ.replace(" ", "+") + "&container=web");
                awaitKnown(health);

                namesAlice(alert(alerts, () -> enter("sh", "-c", READ)));

                assertThat(user(alerts, () -> enter("/bin/cat", "/etc/shadow")))
                        .as("a probe of the kubelet, at the same time")
                        .isEqualTo("<NA>");
            } finally {
                Machine.run(List.of("docker", "rm", "-f", NAME));
            }
        }
    }

    private static void namesAlice(Seen alert) {
        assertThat(alert.field("k8s.exec.user.name")).as("%s", alert.json()).isEqualTo("alice");
        assertThat(alert.field("k8s.exec.user.groups")).isEqualTo("[\"staff\",\"system:authenticated\"]");
        assertThat(alert.field("k8s.exec.sourceip")).isEqualTo("192.0.2.7");
        assertThat(alert.field("k8s.exec.auditid")).isEqualTo("e2e-1");
        assertThat(alert.field("k8s.exec.match")).isEqualTo("exact");
        assertThat(alert.json().path("output").asText()).contains("exec_user=alice");
    }

    /// A container with the labels that a kubelet gives, whose first process reads, and then waits.
    private static void startPod() {
        List<String> command = new ArrayList<>(List.of("docker", "run", "-d", "-i", "--network=none", "--name", NAME));
        for (String label : List.of("pod.name=web-0", "pod.namespace=shop", "container.name=web")) {
            command.addAll(List.of("--label", "io.kubernetes." + label));
        }
        command.addAll(List.of(Actor.IMAGE, "/bin/sh", "-c", READ + "; read line"));
        Machine.run(command);
    }

    /// In the first second of a container any process may be its first.
    private static void awaitGrown() throws InterruptedException {
        String started = Machine.run(List.of("docker", "inspect", "--format", "{{.State.StartedAt}}", NAME));
        Instant grown = Instant.parse(started.strip()).plusSeconds(2);
        while (Instant.now().isBefore(grown)) Thread.sleep(50);
    }

    private static void enter(String... command) {
        List<String> whole = new ArrayList<>(List.of("docker", "exec", NAME));
        whole.addAll(List.of(command));
        Machine.run(whole);
    }

    private String user(AlertLog alerts, Runnable action) {
        return alert(alerts, action).field("k8s.exec.user.name");
    }

    private int seen;

    /// The next alert about the container; not one that says more of an event than before, since a request came.
    private Seen alert(AlertLog alerts, Runnable action) {
        action.run();
        Optional<Seen> found = alerts.await(
                seen,
                alert -> alert.field("container.name").equals(NAME)
                        && !alert.json().has("revision"),
                LIMIT);
        seen = alerts.mark();
        return found.orElseThrow();
    }

    private void audit(int port, String query) throws Exception {
        String event = """
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"e2e-1","stage":"ResponseStarted",\
                "requestURI":"/api/v1/namespaces/shop/pods/web-0/exec?%s","verb":"create",\
                "user":{"username":"alice","groups":["staff","system:authenticated"]},"sourceIPs":["192.0.2.7"],\
                "objectRef":{"resource":"pods","namespace":"shop","name":"web-0","apiVersion":"v1","subresource":"exec"},\
                "responseStatus":{"code":101},"requestReceivedTimestamp":"%s","stageTimestamp":"%s"}""".formatted(
                query.replace("/", "%2F").replace(";", "%3B").replace(">", "%3E"), Instant.now(), Instant.now());
        new Webhook(port, "/k8s-audit").post(event);
    }

    /// Waits until the detector knows one request.
    private void awaitKnown(int port) throws Exception {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        long end = System.nanoTime() + LIMIT.toNanos();
        String text = "";
        while (System.nanoTime() < end && !text.contains("\ndetector_execs 1.0")) {
            text = http.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
        }
        assertThat(text).contains("\ndetector_execs 1.0");
    }
}
