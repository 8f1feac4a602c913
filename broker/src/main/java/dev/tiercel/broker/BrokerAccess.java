package dev.tiercel.broker;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;

/// Who may connect to a broker, and with which password. `toString` hides the passwords.
///
/// Users prove their password with SCRAM, which also proves the broker to them: a process that listens on the broker's
/// port in its absence learns no password. Users other than administrators have the rights that ACLs give them.
public final class BrokerAccess {
    static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_256;

    private static final BrokerAccess ANYONE = new BrokerAccess(false, Map.of(), Set.of());
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private final boolean authenticated;
    private final Map<String, String> passwords;
    private final Set<String> administrators;

    private BrokerAccess(boolean authenticated, Map<String, String> passwords, Set<String> administrators) {
        this.authenticated = authenticated;
        this.passwords = Map.copyOf(passwords);
        this.administrators = Set.copyOf(administrators);
    }

    /// Any process on this machine, without a password, for everything.
    public static BrokerAccess anyone() {
        return ANYONE;
    }

    /// These users only.
    ///
    /// @param passwords of each user; names and passwords consist of letters, digits, `-` and `_`
    /// @param administrators users without restrictions
    /// @throws IllegalArgumentException if one has another character, or an administrator has no password
    public static BrokerAccess users(Map<String, String> passwords, Set<String> administrators) {
        passwords.forEach((user, password) -> {
            if (!PLAIN.matcher(user).matches() || !PLAIN.matcher(password).matches()) {
                throw new IllegalArgumentException("name or password with special characters: user=" + user);
            }
        });
        if (!passwords.keySet().containsAll(administrators)) {
            throw new IllegalArgumentException("administrators without a password: " + administrators);
        }
        return new BrokerAccess(true, passwords, administrators);
    }

    boolean authenticated() {
        return authenticated;
    }

    Map<String, String> passwords() {
        return passwords;
    }

    Set<String> administrators() {
        return administrators;
    }

    /// The same with one administrator more.
    BrokerAccess withAdministrator(String user, String password) {
        if (!authenticated) return this;
        Map<String, String> users = new LinkedHashMap<>(passwords);
        users.put(user, password);
        Set<String> all = new HashSet<>(administrators);
        all.add(user);
        return new BrokerAccess(true, users, all);
    }

    /// Security settings of a Kafka client that connects as `user`; without passwords the user does not matter.
    ///
    /// @throws IllegalArgumentException if there is no such user
    public Map<String, String> clientSettings(String user) {
        if (!authenticated) return Map.of("security.protocol", "PLAINTEXT");
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                MECHANISM.mechanismName(),
                "sasl.jaas.config",
                login(user) + ";");
    }

    /// JAAS configuration of one user, without the final semicolon.
    String login(String user) {
        String password = passwords.get(user);
        if (password == null) throw new IllegalArgumentException("unknown user=" + user);
        return ScramLoginModule.class.getName() + " required username=\"" + user + "\" password=\"" + password + "\"";
    }

    /// A password of 256 random bits.
    public static String randomPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return authenticated ? "users " + new TreeMap<>(passwords).keySet() : "anyone";
    }
}
