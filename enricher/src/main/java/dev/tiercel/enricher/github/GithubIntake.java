package dev.tiercel.enricher.github;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.http.ForgedException;
import dev.tiercel.enricher.http.Intake;
import dev.tiercel.enricher.http.Posted;
import dev.tiercel.enricher.http.Secrets;
import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.service.Health;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Pattern;

/// Deliveries of GitHub's webhooks, signed with a secret. The id is `X-GitHub-Delivery`, which GitHub keeps when it
/// delivers again; the type, `X-GitHub-Event`, becomes member `webhook_type` of the document, where Falco's plugin
/// has it. A request without that type is a body of audit log entries.
public final class GithubIntake implements Intake {
    private static final Pattern TYPE = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final String FORM = "payload=";

    private final GithubFormat format = new GithubFormat();
    private final Optional<Secrets> secrets;
    private final Optional<Signature> signature;

    public GithubIntake(GithubConfig config) {
        secrets = config.secretFile().map(Secrets::new);
        signature = secrets.map(Signature::new);
    }

    @Override
    public String eventSource() {
        return format.eventSource();
    }

    @Override
    public boolean authenticates() {
        return secrets.isPresent();
    }

    @Override
    public void start() {
        secrets.ifPresent(Secrets::require);
    }

    @Override
    public Health check() {
        return secrets.map(Secrets::check).orElse(Health.ok());
    }

    @Override
    public void read(Posted request, Delivery into) throws ForgedException, MalformedException {
        String given = request.header("X-Hub-Signature-256").orElse("");
        if (signature.isPresent() && !signature.get().of(request.body(), given)) {
            throw new ForgedException("X-Hub-Signature-256 is not of this body and enricher.github.secret-file");
        }
        Optional<String> type = request.header("X-GitHub-Event");
        if (type.isEmpty()) {
            format.split(request.body(), into);
        } else if (!type.get().equals("ping")) {
            String id = checked(request.header("X-GitHub-Delivery"), ID, "X-GitHub-Delivery");
            format.webhook(payload(request), checked(type, TYPE, "X-GitHub-Event"), id, into);
        }
    }

    /// These headers are not signed.
    private static String checked(Optional<String> header, Pattern form, String name) throws MalformedException {
        return header.filter(value -> form.matcher(value).matches())
                .orElseThrow(() -> new MalformedException("header " + name + " is not as GitHub sends it"));
    }

    private static byte[] payload(Posted request) throws MalformedException {
        if (!request.header("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            return request.body();
        }
        String form = new String(request.body(), ISO_8859_1);
        if (!form.startsWith(FORM)) throw new MalformedException("a form without payload");
        try {
            return URLDecoder.decode(form.substring(FORM.length()), UTF_8).getBytes(UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedException("a form that is not encoded as forms are");
        }
    }
}
