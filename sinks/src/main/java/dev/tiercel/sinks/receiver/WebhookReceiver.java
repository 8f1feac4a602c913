package dev.tiercel.sinks.receiver;

import dev.tiercel.sinks.alert.Escaping;
import dev.tiercel.sinks.alert.FalcoJson;
import dev.tiercel.sinks.alert.Template;
import dev.tiercel.sinks.yaml.Secret;
import dev.tiercel.sinks.yaml.Section;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// One request an alert: by default what Falco sends, which falcosidekick and falco-talon take, or a body of one's own.
///
/// Header `Idempotency-Key` is the alert's id. With `hmac` a header has `sha256=` and the signature of the body, as
/// GitHub's webhooks do.
final class WebhookReceiver implements Receiver {
    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH");
    private static final String HMAC = "HmacSHA256";

    private final ApiEndpoint endpoint;
    private final Request request;

    /// What is the same for all.
    ///
    /// @param body      null: Falco's JSON
    /// @param falco     whether it must be that, whatever a route says
    /// @param signature null: none
    private record Request(
            String method,
            String contentType,
            @Nullable Template body,
            boolean falco,
            @Nullable Signature signature,
            int parallel) {}

    private record Signature(Secret key, String header) {
        String of(byte[] body) {
            try {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), HMAC));
                return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible); // every Java platform has it, and any key will do
            }
        }
    }

    private WebhookReceiver(ApiEndpoint endpoint, Request request) {
        this.endpoint = endpoint;
        this.request = request;
    }

    /// Reads a webhook of any kind.
    static Receiver read(Section section) {
        Template body = Template.read(section, "body");
        return read(section, section.text("content-type", "application/json"), body, false);
    }

    /// Reads one that takes what Falco sends.
    static Receiver falco(Section section) {
        return read(section, "application/json", null, true);
    }

    private static Receiver read(Section section, String contentType, @Nullable Template body, boolean falco) {
        String method = section.text("method", "POST").toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) section.problem("method", "must be POST, PUT or PATCH");
        Signature signature =
                section.section("hmac").map(WebhookReceiver::signature).orElse(null);
        int parallel = section.number("parallel", 8, 1, 256);
        return new WebhookReceiver(
                ApiEndpoint.read(section, "", ""), new Request(method, contentType, body, falco, signature, parallel));
    }

    private static Signature signature(Section section) {
        Signature signature = new Signature(section.secret("key"), section.text("header", "X-Signature-256"));
        ApiEndpoint.checkHeader(section, "header", signature.header());
        section.end();
        return signature;
    }

    @Override
    public void check() throws IOException {
        endpoint.connect();
    }

    @Override
    public List<DeliveryResult> deliver(List<Notice> notices) throws IOException, InterruptedException {
        Notice notice = notices.getFirst();
        byte[] body = body(notice).getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder sent =
                endpoint.request(request.method(), request.contentType(), body).header("Idempotency-Key", notice.id());
        Signature signature = request.signature();
        if (signature != null) sent.setHeader(signature.header(), signature.of(body));
        return List.of(endpoint.sender().result(endpoint.sender().exchange(sent.build())));
    }

    private String body(Notice notice) {
        Template template = notice.template() == null || request.falco() ? request.body() : notice.template();
        return template == null ? FalcoJson.of(notice.alert()) : template.render(notice.alert(), Escaping.JSON);
    }

    @Override
    public int parallel() {
        return request.parallel();
    }

    @Override
    public void close() {
        endpoint.sender().close();
    }
}
