package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.DefaultRules;
import dev.tiercel.schemas.avro.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each of our correlations, by real actions on this machine and in a container, and by the lines of real kinds of
/// logs: its alert comes, and none about what is close to it but harmless.
@Tag("kernel")
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CorrelationIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> LOGS = List.of("k8s_audit", "aws_cloudtrail", "okta", "github");
    private static final List<String> PODS = List.of("till-0", "till-1", "new-0", "new-1");

    /// System calls happen now: a day and two hours are too long to wait for, and each new program is told.
    private static final String SHORTER = """
            - correlation: Program new for its image
              learn: 1s
              suppress: {by: [container.image.repository, proc.exepath], for: 1h}
              override: {learn: replace, suppress: replace}
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
    private CorrelationAlerts alerts;
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
        webhook = Machine.freePort();
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
        alerts = new CorrelationAlerts(tiercel);
        PODS.forEach(this::startPod);
    }

    /// A container with the labels of a kubelet, and two addresses of others on its own loopback device.
    private void startPod(String pod) {
        String image = image(pod);
        Machine.run(List.of("docker", "tag", Actor.IMAGE, image));
        List<String> command = new ArrayList<>(List.of("docker", "run", "-d", "-i", "--network=none"));
        command.addAll(List.of("--cap-add=SYS_ADMIN", "--cap-add=NET_ADMIN", "--security-opt=apparmor=unconfined"));
        for (String label : List.of("pod.name=" + pod, "pod.namespace=shop", "container.name=till")) {
            command.add("--label=io.kubernetes." + label);
        }
        command.addAll(List.of("--name=" + container(pod), image, "/bin/sh", "-c", "read line"));
        Machine.run(command);
        inPod(pod, """
                /bin/busybox ip link set lo up
                for a in 203.0.113.7 169.254.169.254; do /bin/busybox ip addr add $a/32 dev lo; done""");
    }

    private static String image(String pod) {
        return "tiercel-it/" + pod.substring(0, pod.indexOf('-')) + ":1";
    }

    private static String container(String pod) {
        return "it-correlation-" + ProcessHandle.current().pid() + "-" + pod;
    }

    private static void inPod(String pod, String line) {
        Machine.run(List.of("docker", "exec", container(pod), "/bin/sh", "-c", line));
    }

    @AfterAll
    void stop() {
        if (actor == null) return;
        for (String pod : PODS) Machine.run(List.of("docker", "rm", "-f", container(pod)));
        if (alerts != null) alerts.close();
        if (tiercel != null) tiercel.close();
    }

    static List<Story> stories() {
        return Story.all();
    }

    @Test
    void everyCorrelationHasAStory() {
        Pattern name = Pattern.compile("(?m)^- correlation: (.*)$");
        List<String> ours = DefaultRules.files().stream()
                .flatMap(file -> name.matcher(file.content()).results())
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(ours)
                .containsExactlyInAnyOrderElementsOf(
                        stories().stream().map(Story::correlation).toList());
    }

    @ParameterizedTest
    @MethodSource("stories")
    @Order(1)
    void tells(Story story) throws IOException, InterruptedException {
        for (Story.Deed deed : story.deeds()) perform(deed);
        assertThat(alerts.await(story::fits, LIMIT))
                .withFailMessage(() -> "no alert has " + story.expected() + "; there are "
                        + alerts.seen().stream()
                                .filter(alert -> alert.getRule().equals(story.correlation()))
                                .toList())
                .isTrue();
    }

    private void perform(Story.Deed deed) throws IOException, InterruptedException {
        List<String> words = List.of(deed.where().split(" ", -1));
        switch (words.getFirst()) {
            case "alone" -> actor.onHostAlone(deed.what());
            case "audit" -> audit.write(Instant.now(), deed.what());
            case "trail" -> trail.write(inSeconds(Long.parseLong(words.get(1))), deed.what());
            case "github" -> push(words.get(1), words.get(2), deed.what());
            case "exec" -> exec(words.get(1), deed.what().split(" ", -1));
            default -> inPod(words.getFirst(), deed.what());
        }
    }

    private static void exec(String pod, String... command) {
        List<String> whole = new ArrayList<>(List.of("docker", "exec", container(pod)));
        whole.addAll(List.of(command));
        Machine.run(whole);
    }

    /// CloudTrail's times are seconds.
    private static Instant inSeconds(long seconds) {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds);
    }

    private void push(String kind, String repository, String what) throws IOException, InterruptedException {
        String event = """
                {%s,"sender":{"login":"alice"},"organization":{"login":"example"},"repository":{"name":"%s","full_name":\
                "example/%s","html_url":"https://github.com/example/%s","private":true,"default_branch":"main",\
                "owner":{"login":"example"}}}""".formatted(what, repository, repository, repository);
        new Webhook(webhook, "/")
                .post(
                        event,
                        "X-GitHub-Event",
                        kind,
                        "X-GitHub-Delivery",
                        UUID.randomUUID().toString());
    }

    /// All stories have been told, so whatever was wrong about what is harmless is among the alerts by now.
    @Test
    @Order(2)
    void tellsNothingElse() {
        assertThat(alerts.all()).filteredOn(CorrelationIT::isWrong).isEmpty();
    }

    /// About what is harmless, or over logs alone and expected by no story.
    private static boolean isWrong(Alert alert) {
        String text = alert.toString();
        boolean second = text.contains("till-1") || text.contains("new-1");
        boolean firstSeen =
                alert.getKey().contains("tiercel-it/till"); // what the stories do there is new to that image
        boolean harmless = text.contains("harmless") || text.contains("198.51.100.99") || (second && !firstSeen);
        return harmless
                || (LOGS.contains(alert.getSource()) && Story.all().stream().noneMatch(story -> story.fits(alert)));
    }
}
