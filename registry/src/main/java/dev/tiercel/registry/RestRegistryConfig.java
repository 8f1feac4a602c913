package dev.tiercel.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// How to reach a schema registry server.
///
/// @param urls of equal servers, tried in order; a path prefix is kept, a user name in the URL is refused
/// @param tls for https; empty: what the JVM trusts. [RegistryTls] makes one from files
/// @param timeout of one request
/// @param retries after the first try, on every server
/// @param backOff before the first retry; doubled for each one after
public record RestRegistryConfig(
        List<URI> urls,
        RegistryCredentials credentials,
        Optional<SSLContext> tls,
        Duration timeout,
        int retries,
        Duration backOff) {

    /// Checks the URLs.
    public RestRegistryConfig {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no registry URL");
        }
        for (URI url : urls) {
            if (!List.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
                throw new IllegalArgumentException("registry URL is not http(s)://host[:port][/path]");
            }
            if (url.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "registry URL of host=" + url.getHost() + " contains credentials; set them apart from it");
            }
        }
    }

    /// No credentials, 10 s a request, 5 retries from 100 ms on.
    public static RestRegistryConfig of(URI... urls) {
        return new RestRegistryConfig(
                List.of(urls),
                new RegistryCredentials.Anonymous(),
                Optional.empty(),
                Duration.ofSeconds(10),
                5,
                Duration.ofMillis(100));
    }

    /// The same with credentials.
    public RestRegistryConfig withCredentials(RegistryCredentials credentials) {
        return new RestRegistryConfig(urls, credentials, tls, timeout, retries, backOff);
    }

    /// The same with keys and trusted certificates.
    public RestRegistryConfig withTls(SSLContext tls) {
        return new RestRegistryConfig(urls, credentials, Optional.of(tls), timeout, retries, backOff);
    }

    /// The same with other patience.
    public RestRegistryConfig withPatience(Duration timeout, int retries, Duration backOff) {
        return new RestRegistryConfig(urls, credentials, tls, timeout, retries, backOff);
    }
}
