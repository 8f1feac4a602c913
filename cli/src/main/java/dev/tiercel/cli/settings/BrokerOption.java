package dev.tiercel.cli.settings;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.service.Settings;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// The Kafka cluster that a command connects to: unless options or settings name one, the `up` of this user, with the
/// address and password in its data directory.
public final class BrokerOption {
    private static final String DEFAULT = "127.0.0.1:9092";
    private static final List<String> OWN_SECURITY = List.of("security.protocol", "sasl.", "ssl.");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT,…",
            description =
                    "Kafka bootstrap servers (default: those of your `up`, by client.properties in --data, else 127.0.0.1:9092).")
    private @Nullable String bootstrapServers;

    @Mixin
    private DataDirectory data = new DataDirectory();

    /// The settings, in which `kafka.bootstrap.servers` defaults to `--bootstrap`.
    public Settings settings(SettingsOptions options, String... foreign) {
        Settings given = options.read(Map.of(), "");
        Map<String, String> kafka = given.kafka();
        Map<String, String> decided = new HashMap<>();
        Optional<ClientProperties> own = own(kafka);
        own.ifPresent(client -> {
            client.kafka().forEach((key, value) -> decided.put("kafka." + key, value));
            if (!namesRegistry(given)) decided.putAll(registry(client.registry()));
        });
        if (own.isEmpty() && !kafka.containsKey("bootstrap.servers")) {
            decided.put("kafka.bootstrap.servers", bootstrapServers == null ? DEFAULT : bootstrapServers);
        }
        return options.readFrom(own.isEmpty() ? "--bootstrap" : source(), decided, foreign);
    }

    /// Whether the data directory tells of an `up`.
    public boolean hasOwn() {
        return Files.exists(ClientProperties.file(data.path()));
    }

    private String source() {
        return ClientProperties.file(data.path()).toString();
    }

    /// Those of the data directory, unless another cluster or another way to log in is asked for.
    private Optional<ClientProperties> own(Map<String, String> kafka) {
        boolean others =
                kafka.keySet().stream().anyMatch(key -> OWN_SECURITY.stream().anyMatch(key::startsWith));
        String address = kafka.getOrDefault("bootstrap.servers", bootstrapServers == null ? "" : bootstrapServers);
        boolean here = address.isEmpty() || address.startsWith("127.0.0.1:") || data.isGiven();
        if (others || !here) return Optional.empty();
        Optional<ClientProperties> found = ClientProperties.of(data.path());
        if (found.isEmpty() && data.isGiven()) {
            throw new EnvironmentException("no " + source() + "; is `tiercel up --data " + data.path() + "` running?");
        }
        return found.filter(
                client -> address.isEmpty() || address.equals(client.kafka().get("bootstrap.servers")));
    }

    private boolean namesRegistry(Settings given) {
        ParseResult parsed = command.commandLine().getParseResult();
        return (parsed != null && parsed.hasMatchedOption("--registry"))
                || !given.list("registry.urls", List.of(), "").isEmpty();
    }

    private static Map<String, String> registry(Map<String, String> client) {
        Map<String, String> settings = new HashMap<>();
        String url = client.get(ClientProperties.REGISTRY_URL);
        if (url != null) settings.put("registry.urls", url);
        String[] login = client.getOrDefault(ClientProperties.REGISTRY_USER, "").split(":", 2);
        if (login.length == 2) {
            settings.put("registry.user", login[0]);
            settings.put("registry.password", login[1]);
        }
        return settings;
    }
}
