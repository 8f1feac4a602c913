package dev.tiercel.registry;

import dev.tiercel.service.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How to reach a schema registry server: the `registry.*` keys.
public final class RegistrySettings {
    private RegistrySettings() {}

    /// @param url where the registry is unless `registry.urls` says so
    public static RestRegistryConfig from(Settings settings, URI url) {
        List<String> urls = settings.list(
                "registry.urls", List.of(url.toString()), "Equal schema registry servers, tried in order.");
        RestRegistryConfig config = RestRegistryConfig.of(
                        urls.stream().map(URI::create).toArray(URI[]::new))
                .withCredentials(credentials(settings));
        Optional<Path> authorities = file(
                settings, "registry.tls.authorities", "Certificates to trust, PEM; empty: those that the JVM trusts.");
        Optional<Path> keyStore =
                file(settings, "registry.tls.key-store", "Key and certificate to show, PKCS #12; empty: none.");
        String password = settings.text("registry.tls.key-store.password", "", "Password of that file.");
        return authorities.isEmpty() && keyStore.isEmpty()
                ? config
                : config.withTls(RegistryTls.context(authorities, keyStore, password));
    }

    private static Optional<Path> file(Settings settings, String key, String doc) {
        return settings.optional(key, doc).map(Path::of);
    }

    private static RegistryCredentials credentials(Settings settings) {
        Optional<String> user = settings.optional("registry.user", "User of HTTP basic authentication.");
        String password = settings.text("registry.password", "", "Password of that user.");
        Optional<String> token = settings.optional("registry.token", "Bearer token, in place of a user.");
        return token.<RegistryCredentials>map(RegistryCredentials.Bearer::new)
                .or(() -> user.map(name -> new RegistryCredentials.Basic(name, password)))
                .orElseGet(RegistryCredentials.Anonymous::new);
    }
}
