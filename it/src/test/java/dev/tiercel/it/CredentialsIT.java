package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The logins of the stack of `docker-compose.yml`: `packaging/image/credentials`, run on this machine.
class CredentialsIT {
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    private final Path directory;

    CredentialsIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void mustBeRoot() {
        Machine.mustBeRoot();
    }

    @Test
    void aCertificateNamesItsUserAndWhereItListens() throws Exception {
        make();
        X509Certificate broker = certificate("kafka");
        assertThat(broker.getSubjectX500Principal().getName()).isEqualTo("CN=broker");
        assertThat(names(broker)).containsExactly("kafka", "localhost");
        for (String user : List.of("collector", "detector", "enricher", "registry")) {
            assertThat(certificate(user).getSubjectX500Principal().getName()).isEqualTo("CN=" + user);
            assertThat(names(certificate(user))).containsExactly(user, "localhost");
            assertThat(certificate(user).getExtendedKeyUsage()).containsExactly(SERVER, CLIENT);
        }
        for (String user : List.of("owner", "publisher", "sink")) {
            assertThat(certificate(user).getSubjectAlternativeNames()).as(user).isNull();
            assertThat(certificate(user).getExtendedKeyUsage()).containsExactly(CLIENT);
        }
        Instant inNineYears = Instant.now().plus(Duration.ofDays(9 * 365));
        assertThat(broker.getNotAfter()).isAfter(inNineYears);
        assertThat(authority().getNotAfter()).isAfter(inNineYears);
    }

    @Test
    void onlyItsOwnerReadsAFileAndNobodyHasTheKeyOfTheAuthority() throws Exception {
        make();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
        for (String part : List.of("kafka", "collector", "detector", "owner", "prometheus")) {
            assertThat(directory.resolve(part)).isDirectoryNotContaining("glob:**/authority.p12");
        }
        assertThat(Files.getAttribute(directory.resolve("collector/identity.p12"), "unix:uid"))
                .isEqualTo(0);
        assertThat(Files.getAttribute(directory.resolve("kafka/identity.p12"), "unix:uid"))
                .isEqualTo(1000);
        assertThat(Files.getAttribute(directory.resolve("sink/identity.p12"), "unix:uid"))
                .isEqualTo(65_532);
    }

    /// A stack that was started with passwords alone.
    @Test
    void keepsThePasswordsThatAreStillAskedForAndForgetsTheOthers() throws Exception {
        Path passwords = Files.createDirectories(directory.resolve("kafka/passwords"));
        for (String user : List.of("broker", "owner", "collector", "schemas", "metrics")) {
            Files.writeString(passwords.resolve(user), "password of " + user);
        }
        Files.writeString(directory.resolve("kafka/jaas"), "jaas=''");
        make();
        assertThat(read("owner/client.properties")).contains("username=\"owner\" password=\"password of owner\"");
        assertThat(read("owner/kcat.conf")).contains("sasl.password=password of owner\n");
        assertThat(read("collector/tiercel.properties")).contains("health.metrics-password = password of metrics\n");
        assertThat(passwords).isDirectoryNotContaining("regex:.*/(broker|collector|schemas)");
        assertThat(directory.resolve("kafka/jaas")).doesNotExist();
    }

    /// So that Tiercel's settings take it, too.
    @Test
    void whatClientsOfThisMachineNeedIsALineEach() throws Exception {
        make();
        for (String line : Files.readAllLines(directory.resolve("sink/client.properties"))) {
            assertThat(line).matches("[a-z.]+ = .+");
        }
        assertThat(read("sink/client.properties"))
                .contains("ssl.truststore.certificates = -----BEGIN CERTIFICATE----- ");
    }

    @Test
    void keepsCertificatesUntilTheyAreToBeRenewed() throws Exception {
        make();
        X509Certificate authority = authority();
        X509Certificate sink = certificate("sink");
        Files.delete(directory.resolve("registry/identity.p12")); // as if a later version had added it
        Files.delete(directory.resolve("registry/identity-made"));
        make();
        assertThat(authority()).isEqualTo(authority);
        assertThat(certificate("sink")).isEqualTo(sink);
        assertThat(certificate("registry")).isNotNull();
        make("renew");
        assertThat(authority()).isNotEqualTo(authority);
        assertThat(certificate("sink")).isNotEqualTo(sink);
    }

    private void make(String... more) {
        List<String> command = new ArrayList<>(
                List.of(Machine.root("packaging/image/credentials").toString(), directory.toString()));
        command.addAll(List.of("kafka:9092", "https://registry:8081", "localhost:9092"));
        command.addAll(List.of(more));
        Machine.run(command, Map.of("JAVA_HOME", System.getProperty("java.home")), Duration.ofMinutes(2));
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private X509Certificate authority() throws Exception {
        return authority(directory.resolve("authority/authority.pem"));
    }

    private static X509Certificate authority(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /// The certificate of a part, which the authority that it trusts has signed.
    private X509Certificate certificate(String part) throws Exception {
        char[] password = read(part + "/identity-password").toCharArray();
        KeyStore store =
                KeyStore.getInstance(directory.resolve(part + "/identity.p12").toFile(), password);
        String alias = store.aliases().nextElement();
        assertThat(store.getKey(alias, password)).isNotNull();
        X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
        certificate.verify(authority(directory.resolve(part + "/authority.pem")).getPublicKey());
        assertThat(authority(directory.resolve(part + "/authority.pem"))).isEqualTo(authority());
        return certificate;
    }

    private static List<String> names(X509Certificate certificate) throws Exception {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names.stream().map(name -> name.get(1).toString()).toList();
    }
}
