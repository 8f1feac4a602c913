package dev.tiercel.schemas;

import org.jspecify.annotations.Nullable;

/// Whom a process was last seen among, and the token of the process among them. As long as they stay the same, so does
/// the token: through all batches, whatever else is in them.
final class ProcessContext {

    private long parent;
    private long sessionLeader;
    private long groupLeader;
    private @Nullable ContainerView container;
    private long token;

    /// The token of the process among these, which is `next` if they are not those of the last time.
    ///
    /// @param parent its token, which covers all ancestors
    /// @param sessionLeader its version, as [ProcessBody#version]
    /// @param groupLeader its version
    long token(long parent, long sessionLeader, long groupLeader, @Nullable ContainerView container, long next) {
        boolean same = this.parent == parent
                && this.sessionLeader == sessionLeader
                && this.groupLeader == groupLeader
                && this.container == container;
        if (token == 0 || !same) {
            this.parent = parent;
            this.sessionLeader = sessionLeader;
            this.groupLeader = groupLeader;
            this.container = container;
            token = next;
        }
        return token;
    }

    /// Is nobody's any more.
    void clear() {
        token = 0;
        container = null;
    }
}
