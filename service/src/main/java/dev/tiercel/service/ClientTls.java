package dev.tiercel.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// The client's side of TLS: which servers it believes. Immutable.
///
/// @param authorities PEM; empty: those of this JVM
public record ClientTls(Optional<Path> authorities) {
    /// Connections to servers with a certificate of the authorities, as the file is now. They do not verify the name in
    /// it by themselves; those of HTTPS do.
    ///
    /// @throws IllegalArgumentException if the file cannot be used, with a message for users
    public SSLSocketFactory sockets() {
        return context(Optional.empty()).getSocketFactory();
    }

    /// For connections to such servers.
    ///
    /// @param own the client's own certificate, as its files are now; empty: it shows none
    /// @throws IllegalArgumentException if a file cannot be used, with a message for users
    public SSLContext context(Optional<TlsFiles> own) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    own.isPresent() ? own.get().keys() : null,
                    authorities.isPresent() ? trusting(authorities.get()) : null,
                    null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "cannot read the authorities in %s: %s"
                            .formatted(authorities.map(Path::toString).orElse("the JVM"), PlainCause.of(unusable)),
                    unusable);
        }
    }

    /// Trust in the certificates of a PEM file and those that they sign.
    ///
    /// @throws IllegalArgumentException if it has none, with a message for users
    public static TrustManager[] trusting(Path pem) throws IOException, GeneralSecurityException {
        try {
            return new TrustManager[] {Authorities.of(Files.readAllBytes(pem))};
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException(pem + ": " + none.getMessage(), none);
        }
    }

    /// Why a server was not believed, for users; empty: not that is why the connection failed.
    public Optional<String> refusal(IOException failure) {
        String last = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return Optional.of("its certificate is of no authority in "
                        + authorities.map(Path::toString).orElse("the JVM's list"));
            }
            if (cause instanceof CertificateException) last = "its certificate is wrong: " + cause.getMessage();
        }
        return Optional.of(last).filter(reason -> !reason.isEmpty());
    }
}
