package dev.tiercel.service;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
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

/// The server's side of TLS (1.2 and 1.3), from files that may be exchanged while it runs. Thread-safe.
public final class ServerTls {
    private final FreshFiles<ServerKey> key;
    private final Optional<FreshFiles<X509ExtendedTrustManager>> authorities;

    /// Reads nothing yet.
    ///
    /// @param clientCa PEM: clients must show a certificate of these authorities; empty: none is needed
    public ServerTls(TlsFiles files, Optional<Path> clientCa) {
        key = files.fresh();
        authorities =
                clientCa.map(file -> new FreshFiles<>(List.of(file), contents -> Authorities.of(contents.getFirst())));
    }

    /// A server that is not started, with TLS or without.
    ///
    /// @param tls     empty: plain HTTP
    /// @param backlog connections that may wait; 0: as many as the system likes
    /// @throws IOException if it cannot listen there
    /// @throws java.io.UncheckedIOException if a file cannot be used, with a message for users
    public static HttpServer server(Optional<ServerTls> tls, InetSocketAddress address, int backlog)
            throws IOException {
        return tls.isPresent() ? tls.get().server(address, backlog) : HttpServer.create(address, backlog);
    }

    private HttpsServer server(InetSocketAddress address, int backlog) throws IOException {
        key.require();
        authorities.ifPresent(FreshFiles::require);
        SSLContext context = context();
        HttpsServer server = HttpsServer.create(address, backlog);
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

    /// Failing while the files as they are now cannot be used.
    public Health check() {
        Health health = key.check();
        return authorities.isPresent() ? health.and(authorities.get().check()) : health;
    }
}
