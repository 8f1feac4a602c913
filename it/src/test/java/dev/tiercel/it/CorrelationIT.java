package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.DefaultRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each of our correlations, by real actions on this machine and in a container, and by the lines of real kinds of
/// logs: its alert comes, and none about what is close to it but harmless.
@Tag("kernel")
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorrelationIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String POD = "it-correlation";
    private static final String CREDENTIALS = "Credentials read after an interactive exec";
    private static final String WAY_OUT = "Way out of a dangerous pod";
    private static final String INSTANCE = "Credentials of an instance used elsewhere";
    private static final String REWRITTEN = "History rewritten after protection was removed";

    /// Only by log lines.
    private static final List<String> LOGGED = List.of(
            "Many pods entered by one user",
            "Many secrets read by one identity",
            "Rights in a cluster tried out",
            "Cluster searched by a stranger",
            "New access key used elsewhere",
            "Recording stopped after a sign-in without a second factor",
            "Call new for a role of a machine",
            "Password of a user of Okta guessed at",
            "Password of a user of Okta found",
            "Passwords sprayed over users of Okta",
            "New place after a reset of factors",
            "Country new for a user of Okta",
            REWRITTEN,
            "Audit log of a cluster silent");

    /// System calls happen now: a day and two hours are too long to wait for.
    private static final String SHORTER = """
            - correlation: Program new for its image
              learn: 1s
              override: {learn: replace}
            - correlation: Port new for its image
              learn: 1s
              override: {learn: replace}
            - correlation: Service new for a program of its image
              learn: 1s
              override: {learn: replace}
            - correlation: Machine silent
              enabled: true
              timespan: 3s
              override: {enabled: replace, timespan: replace}
            """;

    private History audit;
    private History trail;
    private Actor actor;
    private TiercelProcess tiercel;
    private AlertLog alerts;
    private int webhook;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Machine.mustTrace();
        Machine.mustRunContainers();
        actor = new Actor(directory);
        actor.buildImage();
        audit = new History("k8s-audit", "", directory);
        trail = new History("cloudtrail", "{\"Records\":[%s]}", directory);
        History okta = new History("okta", "", directory);
        Stream.of(audit, trail, okta).forEach(History::write);
        Path shorter = Files.writeString(directory.resolve("shorter.yaml"), SHORTER);
        webhook = freePort();
        tiercel = TiercelProcess.up(
                directory.resolve("data"),
                "--with-default-rules",
                "--rules",
                shorter.toString(),
                "--source",
                "k8s-audit=" + audit.log(),
                "--source",
                "cloudtrail=" + trail.log(),
                "--source",
                "okta=" + okta.log(),
                "--source",
                "github=:" + webhook,
                "--set",
                "collector.cloud.account=111122223333",
                "--set",
                "collector.cloud.instance-id=i-0abc");
        alerts = new AlertLog(tiercel.client());
        startPod();
        push("branch_protection_rule", "\"action\":\"deleted\",\"rule\":{\"name\":\"main\"}");
        push("push", "\"ref\":\"refs/heads/main\",\"forced\":true");
    }

    /// A container with the labels of a kubelet, and two addresses of others on its own loopback device.
    private static void startPod() {
        Machine.run(List.of(
                "docker",
                "run",
                "-d",
                "-i",
                "--network=none",
                "--cap-add=SYS_ADMIN",
                "--cap-add=NET_ADMIN",
                "--security-opt=apparmor=unconfined",
                "--label=io.kubernetes.pod.name=till-0",
                "--label=io.kubernetes.pod.namespace=shop",
                "--label=io.kubernetes.container.name=till",
                "--name=" + POD,
                Actor.IMAGE,
                "/bin/sh",
                "-c",
                "read line"));
        inPod(
                "/bin/busybox ip link set lo up; for a in 203.0.113.7 169.254.169.254; do /bin/busybox ip addr add $a/32 dev lo; done");
    }

    private static void inPod(String line) {
        Machine.run(List.of("docker", "exec", POD, "/bin/sh", "-c", line));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void push(String kind, String what) throws Exception {
        String event = """
                {%s,"sender":{"login":"alice"},"organization":{"login":"example"},"repository":{"name":"shop","full_name":\
                "example/shop","html_url":"https://github.com/example/shop","private":true,"default_branch":"main",\
                "owner":{"login":"example"}}}""".formatted(what);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webhook + "/"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", kind)
                .header("X-GitHub-Delivery", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    @AfterAll
    void stop() {
        if (tiercel == null) return;
        alerts.close();
        tiercel.close();
        Machine.run(List.of("docker", "rm", "-f", POD));
    }

    static List<String> logged() {
        return LOGGED;
    }

    @ParameterizedTest
    @MethodSource("logged")
    void tellsOnWhatLogsSay(String correlation) {
        assertAlerted(correlation);
    }

    @ParameterizedTest
    @MethodSource("acted")
    void tellsOnActions(Action action) {
        switch (action.where()) {
            case HOST -> actor.onHost(action.line());
            case POD -> inPod(action.line());
        }
        assertAlerted(action.correlation());
    }

    enum Where {
        HOST,
        POD
    }

    /// What somebody does on this machine.
    record Action(String correlation, Where where, String line) {
        @Override
        public String toString() {
            return correlation;
        }
    }

    static List<Action> acted() {
        return List.of(
                new Action("File dropped and run", Where.POD, """
                        cp /bin/act /tmp/x; chmod +x /tmp/x
                        /tmp/x connect 203.0.113.7 4444"""),
                new Action("Listener after a package manager", Where.POD, "apk nothing; act listen 8081"),
                new Action("Program new for its image", Where.POD, "/tmp/x nothing"),
                new Action(
                        "Port new for its image", Where.POD, "act listen 8082; /bin/busybox sleep 2; act listen 31337"),
                new Action("Service new for a program of its image", Where.POD, """
                        act connect 203.0.113.7 443
                        /bin/busybox sleep 2
                        act connect 203.0.113.7 4444"""),
                new Action("Log cleared after a login", Where.HOST, """
                        echo 1000 > /proc/self/loginuid || true
                        su root -s /bin/bash -c "true; : > auth.log\""""),
                new Action("SSH passwords guessed", Where.HOST, """
                        cp $act /usr/sbin/sshd-session
                        for i in $(seq 20); do /usr/sbin/sshd-session write /var/log/btmp; done
                        rm /usr/sbin/sshd-session"""),
                new Action("Machine silent", Where.HOST, """
                        cp $act /usr/sbin/crond
                        /usr/sbin/crond spawn /bin/true
                        rm /usr/sbin/crond"""));
    }

    @Test
    void joinsAnExecWithWhatIsReadInThePod() {
        audit.write(Instant.now(), """
                {"verb":"create","stage":"ResponseStarted","responseStatus":{"code":101},"requestURI":\
                "/api/v1/namespaces/shop/pods/till-0/exec?command=sh","objectRef":{"resource":"pods","subresource":"exec","name":"till-0"}}
                """);
        inPod("/bin/cat /proc/1/environ > /dev/null; true");
        assertThat(assertAlerted(CREDENTIALS).json().path("output").asText())
                .contains("alice entered pod shop/till-0 and cat /proc/1/environ read /proc/1/environ");
    }

    @Test
    void joinsADangerousPodWithItsWayOut() {
        audit.write(Instant.now(), """
                {"verb":"create","responseStatus":{"code":201},"objectRef":{"resource":"pods","name":"till-0"},"requestObject":\
                {"spec":{"containers":[{"name":"till","image":"example/till:1","securityContext":{"privileged":true}}]}}}
                """);
        inPod("mkdir -p /mnt; mount -t tmpfs none /mnt && echo x > /mnt/x");
        assertAlerted(WAY_OUT);
    }

    @Test
    void joinsStolenCredentialsWithTheirUse() {
        inPod("act connect 169.254.169.254 80");
        Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        String call = """
                {"eventSource":"s3.amazonaws.com","eventName":"%s","sourceIPAddress":"%s","userIdentity":{"type":"AssumedRole",\
                "principalId":"AROAEXAMPLE:i-0abc","arn":"arn:aws:sts::111122223333:assumed-role/till/i-0abc","userName":null,\
                "sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/till","userName":"till"}}}}
                """;
        trail.write(next, call.formatted("GetObject", "192.0.2.7"));
        trail.write(next.plusSeconds(1), call.formatted("ListBuckets", "198.51.100.9"));
        assertThat(assertAlerted(INSTANCE).json().path("output").asText())
                .contains("act connect 169.254.169.254 80 fetched the credentials of i-0abc");
    }

    private AlertLog.Seen assertAlerted(String correlation) {
        Optional<AlertLog.Seen> found = alerts.await(0, alert -> alert.rule().equals(correlation), LIMIT);
        assertThat(found)
                .withFailMessage(() -> "no such alert; there are " + alerts.since(0))
                .isPresent();
        assertThat(found.get().json().toString()).doesNotContain("harmless").doesNotContain("198.51.100.99");
        return found.get();
    }

    @Test
    void everyCorrelationIsShown() {
        Pattern name = Pattern.compile("(?m)^- correlation: (.*)$");
        List<String> ours = DefaultRules.files().stream()
                .flatMap(file -> name.matcher(file.content()).results())
                .map((MatchResult found) -> found.group(1))
                .toList();
        Stream<String> shown = Stream.of(
                        LOGGED.stream(),
                        acted().stream().map(Action::correlation),
                        Stream.of(CREDENTIALS, WAY_OUT, INSTANCE))
                .flatMap(names -> names);
        assertThat(ours).containsExactlyInAnyOrderElementsOf(shown.toList());
    }
}
