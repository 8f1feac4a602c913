package dev.tiercel.enricher.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.tiercel.service.Health;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// The server's side of TLS, from PEM files that may be exchanged while it runs.
final class ServerTls {
    private final FreshFiles<PemKey> key;
    private final Optional<FreshFiles<X509ExtendedTrustManager>> authorities;

    /// @param clientCa empty: clients need no certificate
    ServerTls(HttpConfig config, Optional<Path> clientCa) {
        key = new FreshFiles<>(
                List.of(config.certificate().orElseThrow(), config.key().orElseThrow()),
                contents -> PemKey.of(contents.getFirst(), contents.getLast()));
        authorities =
                clientCa.map(file -> new FreshFiles<>(List.of(file), contents -> Authorities.of(contents.getFirst())));
    }

    /// A server that is not started.
    ///
    /// @throws java.io.UncheckedIOException if a file cannot be used, with a message for users
    HttpsServer server(InetSocketAddress address) throws IOException {
        key.require();
        authorities.ifPresent(FreshFiles::require);
        SSLContext context = context();
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                wanted.setNeedClientAuth(authorities.isPresent());
                parameters.setSSLParameters(wanted);
            }
        });
        return server;
    }

    private SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = {new FreshKeyManager(key)};
            TrustManager[] trust = authorities.isPresent()
                    ? new TrustManager[] {new Authorities(authorities.get())}
                    : new TrustManager[0];
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has TLS
        }
    }

    Health check() {
        Health health = key.check();
        return authorities.isPresent() ? health.and(authorities.get().check()) : health;
    }
}
