package dev.tiercel.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.service.Settings;
import dev.tiercel.service.SettingsException;
import dev.tiercel.service.TlsFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryServerConfigTest {
    private static final String PASSWORD = "0123456789abcdef";

    @Test
    void onLoopbackNoPasswordIsRequired() {
        assertThat(read(Map.of()))
                .isEqualTo(new RegistryServerConfig(
                        "127.0.0.1", 8081, new RegistryCredentials.Anonymous(), Optional.empty(), Optional.empty()));
    }

    @Test
    void everyKeyMaps() {
        assertThat(read(Map.of(
                        "schemas.host",
                        "0.0.0.0",
                        "schemas.port",
                        "9",
                        "schemas.user",
                        "u",
                        "schemas.password",
                        PASSWORD,
                        "schemas.tls-key-file",
                        "/k",
                        "schemas.tls-certificate-file",
                        "/c",
                        "schemas.client-ca-file",
                        "/ca")))
                .isEqualTo(new RegistryServerConfig(
                        "0.0.0.0",
                        9,
                        new RegistryCredentials.Basic("u", PASSWORD),
                        Optional.of(new TlsFiles(Path.of("/k"), Optional.of(Path.of("/c")), "")),
                        Optional.of(Path.of("/ca"))))
                .asString()
                .doesNotContain(PASSWORD);
    }

    @Test
    void theKeyMayBeInAStore() {
        RegistryServerConfig config =
                read(Map.of("schemas.tls-key-file", "/k.p12", "schemas.tls-key-password", PASSWORD));
        assertThat(config.tls()).contains(new TlsFiles(Path.of("/k.p12"), Optional.empty(), PASSWORD));
        assertThat(config.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void elsewhereAClientCertificateIsEnough() {
        Map<String, String> values = new HashMap<>(Map.of("schemas.host", "0.0.0.0", "schemas.client-ca-file", "/ca"));
        values.putAll(Map.of("schemas.tls-key-file", "/k.p12", "schemas.tls-key-password", PASSWORD));
        assertThat(read(values).required()).isEqualTo(new RegistryCredentials.Anonymous());
    }

    @ParameterizedTest
    @CsvSource({
        "schemas.tls-key-file, schemas.tls-certificate-file: needs schemas.tls-key-file",
        "schemas.tls-certificate-file, schemas.tls-certificate-file: needs schemas.tls-key-file",
        "schemas.tls-key-password, schemas.tls-certificate-file: needs schemas.tls-key-file",
        "schemas.client-ca-file, schemas.client-ca-file: needs TLS: set schemas.tls-key-file"
    })
    void halfOfTlsIsAMistake(String key, String message) {
        assertThatThrownBy(() -> read(Map.of(key, "/x")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "no-such-host.invalid"})
    void elsewhereAPasswordIsRequired(String host) {
        assertThatThrownBy(() -> read(Map.of("schemas.host", host)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("schemas.password");
    }

    @Test
    void aPasswordIsNotShort() {
        assertThatThrownBy(() -> read(Map.of("schemas.password", "short")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("16 characters");
    }

    private static RegistryServerConfig read(Map<String, String> values) {
        Settings settings = Settings.of(values);
        RegistryServerConfig config = RegistryServerConfig.from(settings);
        settings.requireValid();
        return config;
    }
}
