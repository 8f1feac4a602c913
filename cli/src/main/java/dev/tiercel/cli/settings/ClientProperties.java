package dev.tiercel.cli.settings;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/// What a client of a running `up` needs, in files of its data directory: `client.properties` for Kafka's tools and for
/// Tiercel's own commands, `kcat.conf` for kcat and all that uses librdkafka.
///
/// @param kafka address and security, as Kafka's clients take them
/// @param registry `schema.registry.url` and, with a password, `basic.auth.user.info`, as Confluent's serdes have it
public record ClientProperties(Map<String, String> kafka, Map<String, String> registry) {
    private static final String NAME = "client.properties";
    private static final String KCAT = "kcat.conf";
    private static final String SOURCE = "basic.auth.credentials.source";
    static final String REGISTRY_URL = "schema.registry.url";
    static final String REGISTRY_USER = "basic.auth.user.info";

    public ClientProperties {
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
    }

    /// Where they are in a data directory.
    public static Path file(Path data) {
        return data.resolve(NAME);
    }

    /// Reads those of a data directory; empty if there are none, or if it is another user's.
    ///
    /// @throws EnvironmentException if other users could have written them
    static Optional<ClientProperties> of(Path data) {
        Path file = file(data);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
            Properties read = new Properties();
            read.load(new StringReader(PrivateFiles.read(file)));
            return Optional.of(new ClientProperties(
                    chosen(read, "bootstrap.servers", "security.protocol", "sasl.mechanism", "sasl.jaas.config"),
                    chosen(read, REGISTRY_URL, REGISTRY_USER)));
        } catch (IOException e) {
            throw new EnvironmentException("cannot read " + file + ": " + PlainCause.of(e), e);
        }
    }

    private static Map<String, String> chosen(Properties all, String... keys) {
        Map<String, String> chosen = new LinkedHashMap<>();
        for (String key : keys) {
            String value = all.getProperty(key);
            if (value != null) chosen.put(key, value);
        }
        return chosen;
    }

    /// Writes both files.
    ///
    /// @param user as whom kcat logs in; without a password neither matters
    public void write(Path data, String user, String password) throws IOException {
        String title = "# Written by `tiercel up` at each start. Whoever can read this commands it.\n";
        Map<String, String> all = new LinkedHashMap<>(kafka);
        all.putAll(registry);
        if (registry.containsKey(REGISTRY_USER)) all.put(SOURCE, "USER_INFO");
        PrivateFiles.write(file(data), title + lines(all));
        PrivateFiles.write(data.resolve(KCAT), title + lines(kcat(user, password)));
    }

    /// librdkafka has other names, and refuses Kafka's `sasl.jaas.config`.
    private Map<String, String> kcat(String user, String password) {
        Map<String, String> settings = new LinkedHashMap<>(kafka);
        if (settings.remove("sasl.jaas.config") != null) {
            settings.put("sasl.username", user);
            settings.put("sasl.password", password);
        }
        return settings;
    }

    private static String lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return "ClientProperties[" + kafka.get("bootstrap.servers") + "]";
    }
}
