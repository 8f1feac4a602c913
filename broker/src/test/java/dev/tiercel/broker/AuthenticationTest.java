package dev.tiercel.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A broker with users: who gets in, and what they may do.
@Timeout(120)
class AuthenticationTest {
    private static final Map<String, String> PASSWORDS = Map.of("owner", "owner-password", "guest", "guest-password");
    private static final BrokerAccess ACCESS = BrokerAccess.users(PASSWORDS, Set.of("owner"));

    @TempDir
    Path directory;

    @Test
    void usersHaveTheRightsThatTheyAreGiven() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, ACCESS)) {
            try (Admin owner = Admin.create(Map.copyOf(broker.clientSettings("owner")));
                    Admin guest = Admin.create(Map.copyOf(broker.clientSettings("guest")))) {
                createTopic(owner, "things");
                assertThat(guest.listTopics().names().get()).isEmpty();
                assertThatThrownBy(() -> createTopic(guest, "others"))
                        .hasCauseInstanceOf(TopicAuthorizationException.class);
                assertThatThrownBy(() -> guest.createAcls(List.of(describe("User:guest")))
                                .all()
                                .get())
                        .hasCauseInstanceOf(ClusterAuthorizationException.class);

                owner.createAcls(List.of(describe("User:guest"))).all().get();

                assertThat(guest.listTopics().names().get()).containsExactly("things");
            }
        }
    }

    @Test
    void nobodyElseGetsIn() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, ACCESS)) {
            Map<String, String> wrong = new HashMap<>(
                    BrokerAccess.users(Map.of("owner", "wrong"), Set.of()).clientSettings("owner"));
            assertRefused(broker, wrong);
            assertRefused(
                    broker,
                    BrokerAccess.users(Map.of("stranger", "wrong"), Set.of()).clientSettings("stranger"));
            assertRefused(
                    broker,
                    BrokerAccess.users(Map.of("broker", "wrong"), Set.of()).clientSettings("broker"));
        }
    }

    /// Strangers beyond the limit wait in the kernel's queue, and the broker outlives them.
    @Test
    void strangersThatOnlyConnectAreLimited() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, ACCESS)) {
            for (int i = 0; i < 2_040; i++) strangers.add(new Socket(InetAddress.getLoopbackAddress(), broker.port()));
            for (Socket stranger : strangers) stranger.close();
            try (Admin owner = Admin.create(Map.copyOf(broker.clientSettings("owner")))) {
                createTopic(owner, "things");
            }
        }
    }

    private static void assertRefused(EmbeddedBroker broker, Map<String, String> security) {
        Map<String, Object> settings = new HashMap<>(security);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            assertThatThrownBy(() -> admin.describeCluster().clusterId().get())
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    /// A directory of an earlier version, then other passwords, then none again.
    @Test
    void accessMayChangeFromStartToStart() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(directory, 0)) {
            Clients.createTopic(broker.bootstrapServers(), "things", 1);
        }
        BrokerAccess changed = BrokerAccess.users(Map.of("owner", "another"), Set.of("owner"));
        for (BrokerAccess access : List.of(ACCESS, changed, BrokerAccess.anyone())) {
            try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, access);
                    Admin owner = Admin.create(Map.copyOf(broker.clientSettings("owner")))) {
                assertThat(owner.listTopics().names().get()).containsExactly("things");
            }
        }
    }

    @Test
    void passwordsAreNotPrinted() {
        assertThat(ACCESS).hasToString("users [guest, owner]");
        assertThatThrownBy(() -> BrokerAccess.users(Map.of("owner", "a\"b"), Set.of()))
                .hasMessage("name or password with special characters: user=owner");
        assertThat(BrokerAccess.randomPassword()).hasSize(43).isNotEqualTo(BrokerAccess.randomPassword());
    }

    private static void createTopic(Admin admin, String name) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }

    private static AclBinding describe(String principal) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "things", PatternType.LITERAL),
                new AccessControlEntry(principal, "*", AclOperation.DESCRIBE, AclPermissionType.ALLOW));
    }
}
