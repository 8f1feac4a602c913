package dev.tiercel.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.service.Settings;
import dev.tiercel.service.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryServerConfigTest {
    private static final String PASSWORD = "0123456789abcdef";

    @Test
    void onLoopbackNoPasswordIsRequired() {
        assertThat(read(Map.of()))
                .isEqualTo(new RegistryServerConfig("127.0.0.1", 8081, new RegistryCredentials.Anonymous()));
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
                        PASSWORD)))
                .isEqualTo(new RegistryServerConfig("0.0.0.0", 9, new RegistryCredentials.Basic("u", PASSWORD)))
                .asString()
                .doesNotContain(PASSWORD);
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
