package dev.tiercel.enricher.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import dev.tiercel.enricher.http.ForgedException;
import dev.tiercel.enricher.http.HttpAccess;
import dev.tiercel.enricher.http.Posted;
import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.EventTopics;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.Pieces;
import dev.tiercel.schemas.avro.SourceEvent;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GithubTest {
    private static final String PUSH = """
            {"ref":"refs/heads/main","sender":{"login":"alice"},"organization":{"login":"acme"},
             "repository":{"full_name":"acme/web","private":true}}
            """;

    @TempDir
    Path folder;

    private GithubIntake intake;

    @BeforeEach
    void open() throws Exception {
        Path secrets = Files.writeString(folder.resolve("secret"), "old\nIt's a Secret to Everybody\n");
        HttpAccess access = new HttpAccess(Optional.empty(), Optional.empty(), Optional.empty(), "enricher.github.");
        intake = new GithubIntake(new GithubConfig(Optional.of(secrets), access));
    }

    private static String signature(String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    }

    private static Headers headers(String type, String signature) {
        Headers headers = new Headers();
        headers.set("X-GitHub-Event", type);
        headers.set("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958");
        headers.set("X-Hub-Signature-256", signature);
        headers.set("Content-Type", "application/json");
        return headers;
    }

    private List<SourceEvent> read(Headers headers, String body) throws Exception {
        Delivery delivery = new Delivery("github");
        intake.read(new Posted(headers, body.getBytes(UTF_8)), delivery);
        return delivery.events();
    }

    private List<SourceEvent> read(String type, String body) throws Exception {
        return read(headers(type, signature("It's a Secret to Everybody", body)), body);
    }

    /// The example of GitHub's documentation.
    @Test
    void signsAsGithubDoes() throws Exception {
        assertThat(signature("It's a Secret to Everybody", "Hello, World!"))
                .isEqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @Test
    void readsADelivery() throws Exception {
        SourceEvent event = read("push", PUSH).getFirst();
        assertThat(event.getId()).isEqualTo("72d3162e-cc78-11e3-81ab-4c9367dc0958");
        assertThat(event.getSource()).isEqualTo("github");
        assertThat(event.getOrigin()).isEqualTo("acme");
        assertThat(event.getActor()).isEqualTo("alice");
        assertThat(event.getVerb()).isEqualTo("push");
        assertThat(event.getTime()).isGreaterThan(1_700_000_000_000_000_000L);
        assertThat(EventTopics.text(event.getDocument()))
                .isEqualTo(PUSH.strip().substring(0, PUSH.strip().length() - 1) + ",\"webhook_type\":\"push\"}");
        assertThat(read("star", "{\"action\":\"created\"}").getFirst().getVerb())
                .isEqualTo("star.created");
        assertThat(EventTopics.text(read("meta", "{ }").getFirst().getDocument()))
                .isEqualTo("{\"webhook_type\":\"meta\"}");
    }

    @Test
    void takesEachOfItsSecrets() throws Exception {
        assertThat(read(headers("push", signature("old", PUSH)), PUSH)).hasSize(1);
    }

    @Test
    void refusesForgedDeliveries() throws Exception {
        String good = signature("old", PUSH);
        for (String wrong : List.of("", "sha256=", "sha256=zz", good + "00", good.substring(7), signature("x", PUSH))) {
            assertThatThrownBy(() -> read(headers("push", wrong), PUSH)).isInstanceOf(ForgedException.class);
        }
        assertThatThrownBy(() -> read(headers("push", good), PUSH + " ")).isInstanceOf(ForgedException.class);
        assertThatThrownBy(() -> read(headers("ping", "sha256=00"), PUSH)).isInstanceOf(ForgedException.class);
    }

    @Test
    void aPingIsNoEvent() throws Exception {
        assertThat(read("ping", "{\"zen\":\"x\",\"hook_id\":1}")).isEmpty();
    }

    @Test
    void readsForms() throws Exception {
        String form = "payload=" + URLEncoder.encode("{\"action\":\"ü\"}", UTF_8);
        Headers headers = headers("star", signature("old", form));
        headers.set("Content-Type", "application/x-www-form-urlencoded");
        assertThat(EventTopics.text(read(headers, form).getFirst().getDocument()))
                .isEqualTo("{\"action\":\"ü\",\"webhook_type\":\"star\"}");
        Headers other = headers("star", signature("old", "a=b"));
        other.set("Content-Type", "application/x-www-form-urlencoded");
        assertThatThrownBy(() -> read(other, "a=b")).hasMessage("a form without payload");
    }

    @Test
    void refusesHeadersThatGithubDoesNotSend() {
        assertThatThrownBy(() -> read("push\",\"x\":\"", PUSH)).hasMessageContaining("X-GitHub-Event");
        assertThatThrownBy(() -> read("push", "[1]")).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> read("push", "{}{}")).isInstanceOf(MalformedException.class);
    }

    @Test
    void readsEntriesOfAnAuditLog() throws Exception {
        String entry = """
            {"@timestamp":1714557600123,"_document_id":"abc","action":"repo.destroy","actor":"bob","org":"acme","repo":"acme/web"}""";
        Pieces pieces = Pieces.of(new GithubFormat(), "[" + entry + "]");
        SourceEvent event = pieces.only();
        assertThat(event.getId()).isEqualTo("abc");
        assertThat(event.getTime()).isEqualTo(1714557600123000000L);
        assertThat(event.getOrigin()).isEqualTo("acme");
        assertThat(event.getActor()).isEqualTo("bob");
        assertThat(event.getVerb()).isEqualTo("repo.destroy");
        assertThat(pieces.documents()).containsExactly(entry);
        Pieces lines = Pieces.of(new GithubFormat(), entry + "\n{\"a\":1}\n{");
        assertThat(lines.events()).hasSize(1);
        assertThat(lines.malformed())
                .hasSize(2)
                .first()
                .asString()
                .isEqualTo("{\"a\":1} → no entry of an audit log: it has no action");
    }
}
