package dev.tiercel.collector.container;

import dev.tiercel.schemas.ContainerEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known about a container: its identity at once, the rest when [ContainerDirectory#poll] has applied an
/// engine's response. Confined to the thread that polls.
public final class ContainerEntry {
    private final ContainerIdentity identity;
    private @Nullable ContainerDescription description;
    private @Nullable AccountNames accounts;
    private boolean described;
    private final AccountsRequest accountsRequest = new AccountsRequest();
    private byte @Nullable [] encoded;

    ContainerEntry(ContainerIdentity identity) {
        this.identity = identity;
    }

    ContainerIdentity identity() {
        return identity;
    }

    /// The engine's id, or the container's name where the engine has no ids.
    public String fullId() {
        return identity.fullId();
    }

    /// Whether nothing more is expected soon: the engine has responded or will not, and the account files, if
    /// needed, have been read or are late.
    ///
    /// @param nowNanos of the clock passed to [ContainerDirectory#readAccounts]
    public boolean settled(long nowNanos) {
        return described && (accounts != null || !accountsRequest.awaited(nowNanos));
    }

    /// Whether the account files have been read.
    public boolean accountsKnown() {
        return accounts != null;
    }

    /// Account names inside the container: those in its files, or else those that it began with.
    public AccountNames accounts() {
        AccountNames known = accounts;
        ContainerDescription described = description;
        return known != null ? known : described != null ? described.accounts() : AccountNames.NONE;
    }

    /// The Avro encoding of the container, made once per change.
    public byte[] encoded() {
        byte[] bytes = encoded;
        if (bytes == null) {
            bytes = encode();
            encoded = bytes;
        }
        return bytes;
    }

    void describe(@Nullable ContainerDescription response) {
        described = true;
        if (response != null) {
            description = response;
            encoded = null;
        }
    }

    /// Takes a description that was not requested, unless the current one is better.
    ///
    /// @param complete false: the engine is being queried for more
    void learn(ContainerDescription early, boolean complete) {
        if (description == null || !described || early.startTime() != 0) {
            description = early;
            encoded = null;
        }
        described |= complete;
    }

    boolean hasDescription() {
        return description != null;
    }

    Optional<ContainerDescription> description() {
        return Optional.ofNullable(description);
    }

    /// The reads of its account files.
    AccountsRequest accountsRequest() {
        return accountsRequest;
    }

    void accounts(AccountNames names) {
        accounts = names;
    }

    private byte[] encode() {
        ContainerEncoder encoder = new ContainerEncoder()
                .id(identity.id())
                .fullId(identity.fullId())
                .runtime(identity.runtime())
                .labels(labels());
        ContainerDescription known = description;
        if (known == null) {
            return encoder.encode();
        }
        return encoder.runtime(known.runtime())
                .name(known.name())
                .image(known.image())
                .imageRepository(known.imageRepository())
                .imageTag(known.imageTag())
                .imageDigest(known.imageDigest())
                .imageId(known.imageId())
                .privileged(known.privileged())
                .startTime(known.startTime())
                .ip(known.ip())
                .mounts(known.mounts())
                .encode();
    }

    /// The engine's labels; the pod's uid is known from the cgroup path even without an engine.
    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>(description == null ? Map.of() : description.labels());
        if (!identity.podUid().isEmpty()) {
            labels.putIfAbsent("io.kubernetes.pod.uid", identity.podUid());
        }
        return labels;
    }
}
