package dev.tiercel.cli.up;

import dev.tiercel.broker.BrokerAccess;
import dev.tiercel.cli.access.Role;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.settings.ClientProperties;
import dev.tiercel.cli.settings.PrivateFiles;
import dev.tiercel.registry.RegistryCredentials;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Who may use the broker and the registry of `up`. `toString` hides the passwords.
///
/// The passwords, one for each [Role], one for the registry's HTTP API and one for the state of correlations, are files
/// in directory `credentials` of the data directory, made at the first start. A deleted one is made anew at the next
/// start.
///
/// @param registry what the registry's HTTP API requires
/// @param health   password of the health server's `/state`; empty: nobody may see it
record UpAccess(BrokerAccess broker, RegistryCredentials registry, String health, Map<String, String> passwords) {
    private static final String REGISTRY_USER = "registry-http";
    private static final String HEALTH = "health";
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9_-]{32,128}");

    UpAccess {
        passwords = Map.copyOf(passwords);
    }

    /// Any process on this machine, without a password.
    static UpAccess insecure() {
        return new UpAccess(BrokerAccess.anyone(), new RegistryCredentials.Anonymous(), "", Map.of());
    }

    /// The users, with passwords from `data`, a private directory.
    ///
    /// @throws EnvironmentException if a file is open to other users or has no password in it
    static UpAccess in(Path data) {
        Path directory = data.resolve("credentials");
        try {
            PrivateFiles.directory(directory);
            Map<String, String> passwords = new HashMap<>();
            for (Role role : Role.values()) passwords.put(role.user(), password(directory.resolve(role.user())));
            return new UpAccess(
                    BrokerAccess.users(passwords, Set.of(Role.OWNER.user())),
                    new RegistryCredentials.Basic(Role.OWNER.user(), password(directory.resolve(REGISTRY_USER))),
                    password(directory.resolve(HEALTH)),
                    passwords);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read or create the passwords in " + directory + ": " + PlainCause.of(e), e);
        }
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            PrivateFiles.writeOnce(file, BrokerAccess.randomPassword() + "\n");
        }
        String password = PrivateFiles.read(file).strip();
        if (!PASSWORD.matcher(password).matches()) {
            throw new EnvironmentException(file + " is no password: it takes 32 to 128 letters, digits, - and _;"
                    + " to get a new one at the next start: rm " + file);
        }
        return password;
    }

    /// Writes what the owner's clients need, for [ClientProperties].
    ///
    /// @param kafka settings of the owner's Kafka clients
    void writeClientFiles(Path data, Map<String, String> kafka, URI registryUrl) {
        Map<String, String> schemas = new HashMap<>(Map.of("schema.registry.url", registryUrl.toString()));
        if (registry instanceof RegistryCredentials.Basic(String user, String password)) {
            schemas.put("basic.auth.user.info", user + ":" + password);
        }
        String owner = Role.OWNER.user();
        try {
            new ClientProperties(kafka, schemas).write(data, owner, passwords.getOrDefault(owner, ""));
        } catch (IOException e) {
            throw new EnvironmentException("cannot write " + ClientProperties.file(data) + ": " + PlainCause.of(e), e);
        }
    }

    @Override
    public String toString() {
        return broker.toString();
    }
}
