package dev.tiercel.enricher.okta;

import dev.tiercel.enricher.source.PolledSource;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/// Makes sources that poll Okta's system log.
public final class OktaSources {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private OktaSources() {}

    /// The source for `https://example.okta.com`.
    ///
    /// @param name names the source in logs, metrics and progress
    /// @throws IllegalArgumentException if it cannot be polled, with a message for users
    public static Source of(String name, String address, OktaConfig config, Publisher publisher) {
        URI uri = URI.create(address);
        if (uri.getHost() == null || !(uri.getScheme().equals("https") || LOOPBACK.contains(uri.getHost()))) {
            throw new IllegalArgumentException(name + ": Okta is polled at https://HOST");
        }
        Path token = config.token()
                .orElseThrow(() -> new IllegalArgumentException(
                        name + ": it takes an API token: put it into a file, and name it in enricher.okta.token-file"));
        OktaFormat format = new OktaFormat(config.organization().isEmpty() ? uri.getHost() : config.organization());
        OktaPoll poll = new OktaPoll(name, new OktaClient(uri, token), config, format);
        return new PolledSource(name, OktaFormat.EVENT_SOURCE, publisher, poll);
    }
}
