package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.testkit.TestKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TlsSyslogTest extends SyslogReceiverContract {
    private @Nullable TestKeys made;

    private TestKeys keys(String name) throws IOException {
        try {
            return new TestKeys(folder, name, "EC");
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private SSLContext context() throws IOException {
        TestKeys keys = made == null ? keys("server") : made;
        made = keys;
        try (InputStream in = Files.newInputStream(keys.store())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, TestKeys.PASSWORD.toCharArray());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, TestKeys.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (java.security.GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    ServerSocket listen(int port) throws IOException {
        ServerSocket server = context().getServerSocketFactory().createServerSocket();
        server.setReuseAddress(true);
        server.bind(new java.net.InetSocketAddress(here(), port));
        return server;
    }

    @Override
    String keys(int port) {
        return "type: syslog, address: \"tls://127.0.0.1:" + port + "\", tls: {authority-file: server.crt}";
    }

    @Test
    void aServerThatIsNotTrustedIsGivenNothing() throws IOException {
        String trusted = keys();
        TestKeys _ = keys("other");
        var receiver = receiver(trusted.replace("server.crt", "other.crt"));
        assertThatThrownBy(() -> receiver.deliver(notices(0, 1))).isInstanceOf(SSLException.class);
    }
}
