package dev.tiercel.collector.container;

import dev.tiercel.schemas.ContainerEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A container as far as it is known: its identity at once, the rest when [ContainerDirectory#poll] has applied the
/// answers. Used by the thread that polls only.
public final class ContainerEntry {
    private final ContainerIdentity identity;
    private @Nullable ContainerDescription description;
    private @Nullable AccountNames accounts;
    private boolean described;
    private boolean accountsAsked;
    private long accountsAskedNanos;
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

    /// True when nothing more is expected soon: the engine has answered or will not, and the account files, if they
    /// were asked for, have been read.
    public boolean settled() {
        return described && (accounts != null || !accountsAsked);
    }

    /// Names of the users inside.
    public AccountNames accounts() {
        AccountNames known = accounts;
        return known == null ? AccountNames.NONE : known;
    }

    /// The container as a batch carries it, encoded once for each change.
    public byte[] encoded() {
        byte[] bytes = encoded;
        if (bytes == null) {
            bytes = encode();
            encoded = bytes;
        }
        return bytes;
    }

    void describe(@Nullable ContainerDescription answer) {
        described = true;
        if (answer != null) {
            description = answer;
            encoded = null;
        }
    }

    /// Takes what was learnt of the container without asking for it, unless what is known is better.
    ///
    /// @param complete false: the engine is being asked for more
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

    /// Whether the account files were asked for longer ago than this, or never; if so they are taken to be asked for
    /// now.
    boolean accountsDue(long nowNanos, long intervalNanos) {
        if (accountsAsked && nowNanos - accountsAskedNanos < intervalNanos) {
            return false;
        }
        accountsAsked = true;
        accountsAskedNanos = nowNanos;
        return true;
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

    /// The engine's labels; the pod's uid is in the cgroup path even where no engine tells.
    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>(description == null ? Map.of() : description.labels());
        if (!identity.podUid().isEmpty()) {
            labels.putIfAbsent("io.kubernetes.pod.uid", identity.podUid());
        }
        return labels;
    }
}
