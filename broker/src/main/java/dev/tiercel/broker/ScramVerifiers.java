package dev.tiercel.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramCredentialUtils;
import org.jspecify.annotations.Nullable;

/// Finds what a listener needs to check a password in the options `user_NAME` of its own JAAS configuration, where
/// Kafka would look into the cluster's metadata.
///
/// So SCRAM works on the controller's listener and before any metadata is loaded, over data directories of any age, and
/// a password that was replaced is worth nothing after a restart. Kafka creates one for each listener; thread-safe once
/// configured.
public final class ScramVerifiers implements AuthenticateCallbackHandler {
    static final String USER = "user_";

    private Map<String, ScramCredential> verifiers = Map.of();

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> jaas) {
        Map<String, ScramCredential> found = new HashMap<>();
        jaas.forEach(entry -> entry.getOptions().forEach((name, value) -> {
            if (name.startsWith(USER)) {
                found.put(
                        name.substring(USER.length()),
                        ScramCredentialUtils.credentialFromString(String.valueOf(value)));
            }
        }));
        verifiers = Map.copyOf(found);
    }

    /// An unknown user gets no credential, which the caller answers as it answers a wrong password.
    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        @Nullable String user = null;
        for (Callback callback : callbacks) {
            switch (callback) {
                case NameCallback name -> user = name.getDefaultName();
                case ScramCredentialCallback credential ->
                    credential.scramCredential(user == null ? null : verifiers.get(user));
                default -> throw new UnsupportedCallbackException(callback);
            }
        }
    }

    @Override
    public void close() {}
}
