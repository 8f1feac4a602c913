package dev.tiercel.broker;

import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.security.scram.internals.ScramCredentialUtils;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/// The two listeners, for clients and for the controller, and who may use them.
final class Listeners {
    static final String CLIENT = "CLIENT";
    static final String CONTROLLER = "CONTROLLER";

    /// The user as which broker and controller connect to each other: an administrator.
    static final String BROKER_USER = "broker";

    private static final String HOST = "127.0.0.1";
    private static final int ITERATIONS = 4096;

    private Listeners() {}

    /// @param access with [#BROKER_USER], unless it is open to anyone
    static void put(Properties properties, int port, int controllerPort, BrokerAccess access) {
        String protocol = access.authenticated() ? "SASL_PLAINTEXT" : "PLAINTEXT";
        properties.setProperty(
                "listeners",
                CLIENT + "://" + HOST + ":" + port + "," + CONTROLLER + "://" + HOST + ":" + controllerPort);
        properties.setProperty("advertised.listeners", CLIENT + "://" + HOST + ":" + port);
        properties.setProperty(
                "listener.security.protocol.map", CLIENT + ":" + protocol + "," + CONTROLLER + ":" + protocol);
        properties.setProperty("controller.listener.names", CONTROLLER);
        properties.setProperty("inter.broker.listener.name", CLIENT);
        limitConnections(properties, CLIENT, 2_000);
        limitConnections(properties, CONTROLLER, 100);
        if (access.authenticated()) authenticate(properties, access);
    }

    /// Connections need no password until they are used: without a limit, strangers' would exhaust memory or file
    /// descriptors, and Kafka halts when it cannot open a file.
    private static void limitConnections(Properties properties, String listener, int most) {
        properties.setProperty(
                "listener.name." + listener.toLowerCase(Locale.ROOT) + ".max.connections", Integer.toString(most));
    }

    /// The controller's listener knows the broker alone.
    private static void authenticate(Properties properties, BrokerAccess access) {
        String mechanism = BrokerAccess.MECHANISM.mechanismName();
        properties.setProperty("sasl.enabled.mechanisms", mechanism);
        properties.setProperty("sasl.mechanism.inter.broker.protocol", mechanism);
        properties.setProperty("sasl.mechanism.controller.protocol", mechanism);
        listener(properties, CLIENT, access, access.passwords().keySet());
        listener(properties, CONTROLLER, access, Set.of(BROKER_USER));
        properties.setProperty("authorizer.class.name", StandardAuthorizer.class.getName());
        properties.setProperty("allow.everyone.if.no.acl.found", "false");
        properties.setProperty(
                "super.users",
                access.administrators().stream().map(user -> "User:" + user).collect(Collectors.joining(";")));
    }

    private static void listener(Properties properties, String name, BrokerAccess access, Collection<String> users) {
        String prefix =
                ("listener.name." + name + "." + BrokerAccess.MECHANISM.mechanismName() + ".").toLowerCase(Locale.ROOT);
        Map<String, String> passwords = new TreeMap<>(access.passwords());
        passwords.keySet().retainAll(users);
        String verifiers = passwords.entrySet().stream()
                .map(user -> " " + ScramVerifiers.USER + user.getKey() + "=\"" + verifier(user.getValue()) + "\"")
                .collect(Collectors.joining());
        properties.setProperty(prefix + "sasl.jaas.config", access.login(BROKER_USER) + verifiers + ";");
        properties.setProperty(prefix + "sasl.server.callback.handler.class", ScramVerifiers.class.getName());
    }

    private static String verifier(String password) {
        try {
            return ScramCredentialUtils.credentialToString(
                    new ScramFormatter(BrokerAccess.MECHANISM).generateCredential(password, ITERATIONS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
