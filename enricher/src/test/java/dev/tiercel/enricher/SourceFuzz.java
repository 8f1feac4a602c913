package dev.tiercel.enricher;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.cloudtrail.CloudTrailFormat;
import dev.tiercel.enricher.files.ObjectReader;
import dev.tiercel.enricher.gcp.GcpAuditFormat;
import dev.tiercel.enricher.github.GithubFormat;
import dev.tiercel.enricher.json.JsonConfig;
import dev.tiercel.enricher.json.JsonFormat;
import dev.tiercel.enricher.k8saudit.K8sAuditFormat;
import dev.tiercel.enricher.okta.OktaFormat;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// Hands mutated bodies of all sources to all formats, whole and as files: nothing but a [MalformedException] is
/// thrown, and every event can be written. The same seed gives the same inputs.
final class SourceFuzz {
    private static final int LONGEST = 256 << 10;
    private static final List<byte[]> TOKENS = Stream.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    ",",
                    ":",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "null",
                    "true",
                    "1e999",
                    "-0",
                    "99999999999999999999",
                    "{\"message\":{\"data\":\"e30=\"}}",
                    "\"kind\":\"EventList\",\"items\":[",
                    "\"Records\":[",
                    "\n",
                    "\r\n",
                    "\0",
                    "\ufeff",
                    "[".repeat(2_000),
                    "{\"a\":".repeat(2_000))
            .map(token -> token.getBytes(UTF_8))
            .toList();

    private static final List<String> SEEDS = List.of("""
            {"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[{"level":"Request","auditID":"a-1",
            "stage":"ResponseComplete","verb":"create","user":{"username":"u"},"objectRef":{"resource":"pods"},
            "requestReceivedTimestamp":"2026-01-02T03:04:05.678901Z","stageTimestamp":"2026-01-02T03:04:05.7Z"}]}""", """
            {"Records":[{"eventID":"e-1","eventTime":"2026-01-02T03:04:05Z","eventName":"GetObject",
            "recipientAccountId":"111122223333","userIdentity":{"arn":"arn:aws:iam::1:user/a"}}]}""", """
            {"messageType":"DATA_MESSAGE","logGroup":"/aws/eks/prod/cluster","logStream":"kube-apiserver-audit-1",
            "logEvents":[{"id":"1","timestamp":1,"message":"{\\"kind\\":\\"Event\\",\\"auditID\\":\\"a\\"}"}]}""", """
            {"records":[{"category":"kube-audit","resourceId":"/X/MANAGEDCLUSTERS/C","properties":{"log":"{}"}}]}""", """
            [{"uuid":"u-1","published":"2026-01-02T03:04:05.000Z","eventType":"user.session.start",
            "actor":{"alternateId":"a@example.com"}}]""", """
            {"@timestamp":1767323045000,"action":"repo.create","_document_id":"d-1","actor":"a","org":"o"}""", """
            {"insertId":"i-1","logName":"projects/p/logs/cloudaudit.googleapis.com%2Factivity",
            "timestamp":"2026-01-02T03:04:05.5Z","protoPayload":{"serviceName":"k8s.io","methodName":"io.k8s.core.v1.pods.create",
            "resourceName":"core/v1/namespaces/a/pods/b","authenticationInfo":{"principalEmail":"a@example.com"}}}""", """
            {"message":{"data":"eyJpbnNlcnRJZCI6ImkiLCJsb2dOYW1lIjoibCIsInRpbWVzdGFtcCI6IjIwMjYtMDEtMDJUMDM6MDQ6MDVaIn0=",
            "messageId":"77"},"subscription":"projects/p/subscriptions/s"}""", """
            {"id":"x","time":1767323045.25,"a":["u",{"b":[1,2.5e3,null,true,"\\u00e9\\n"]}]}
            {"id":"y","time":"2026-01-02T03:04:05+01:00"}
            """);

    private final List<SourceFormat> formats = List.of(
            new K8sAuditFormat(""),
            new CloudTrailFormat(),
            new OktaFormat("acme"),
            new GithubFormat(),
            new GcpAuditFormat(),
            new JsonFormat(JsonConfig.from(Settings.of(
                    Map.of("enricher.json.id", "/id", "enricher.json.time", "/time", "enricher.json.actor", "/a/0")))));
    private final List<byte[]> seeds = new ArrayList<>();
    private final Random random;
    private long events;
    private long malformed;

    SourceFuzz(long seed) {
        random = new Random(seed);
        SEEDS.forEach(text -> seeds.add(text.getBytes(UTF_8)));
    }

    /// Arguments: seconds, and folders with more seeds.
    public static void main(String[] arguments) throws IOException {
        SourceFuzz fuzz = new SourceFuzz(Long.getLong("seed", 1));
        for (String folder : Arrays.asList(arguments).subList(1, arguments.length)) fuzz.add(Path.of(folder));
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.parseLong(arguments[0])).toNanos();
        long inputs = 0;
        while (System.nanoTime() < end) {
            fuzz.run(100);
            inputs += 100;
        }
        System.out.printf("%d inputs, %d events, %d malformed pieces%n", inputs, fuzz.events, fuzz.malformed);
    }

    private void add(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] content = Files.readAllBytes(file);
                seeds.add(Arrays.copyOf(content, Math.min(content.length, LONGEST / 8)));
            }
        }
    }

    /// Tries `count` inputs.
    void run(int count) {
        for (int i = 0; i < count; i++) {
            byte[] input = mutated();
            for (SourceFormat format : formats) {
                try {
                    whole(format, input);
                    file(format, input);
                } catch (RuntimeException | IOException | StackOverflowError failure) {
                    throw new AssertionError(
                            "%s fails on %s".formatted(format.eventSource(), new String(input, UTF_8)), failure);
                }
            }
        }
    }

    private void whole(SourceFormat format, byte[] input) {
        try {
            format.split(input, new Checked());
        } catch (MalformedException refused) {
            malformed++;
        }
    }

    private void file(SourceFormat format, byte[] input) throws IOException {
        try {
            new ObjectReader(format).read(new ByteArrayInputStream(input), "a", null, (delivery, position) -> {
                delivery.events().forEach(new Checked()::event);
            });
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private final class Checked implements SourceFormat.Collector {
        @Override
        public void event(SourceEvent event) {
            events++;
            if (event.getId().isEmpty() || !event.getDocument().hasRemaining())
                throw new IllegalStateException("empty");
        }

        @Override
        public void malformed(byte[] piece, String reason) {
            malformed++;
            if (reason.isEmpty()) throw new IllegalStateException("no reason");
        }
    }

    private byte[] mutated() {
        byte[] input = any(seeds);
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) input = changed(input);
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] any(List<byte[]> from) {
        return from.get(random.nextInt(from.size()));
    }

    private byte[] changed(byte[] input) {
        if (input.length == 0) return any(seeds);
        int begin = random.nextInt(input.length);
        int end = Math.min(input.length, begin + 1 + random.nextInt(random.nextBoolean() ? 4 : 200));
        byte[] piece = Arrays.copyOfRange(input, begin, end);
        return switch (random.nextInt(7)) {
            case 0 -> joined(input, begin, new byte[] {(byte) random.nextInt(256)}, begin + 1);
            case 1 -> joined(input, begin, new byte[0], end);
            case 2 -> joined(input, begin, piece, begin);
            case 3 -> joined(input, begin, any(TOKENS), random.nextBoolean() ? begin : end);
            case 4 -> joined(input, begin, any(seeds), random.nextBoolean() ? begin : end);
            case 5 -> Arrays.copyOf(input, begin);
            default -> joined(input, random.nextInt(input.length + 1), piece, input.length);
        };
    }

    private static byte[] joined(byte[] input, int end, byte[] middle, int begin) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(input, 0, end);
        out.writeBytes(middle);
        if (begin < input.length) out.write(input, begin, input.length - begin);
        return out.toByteArray();
    }
}
