package dev.tiercel.collector.node;

import org.jspecify.annotations.Nullable;

/// A process, alive or recently exited: its identity, current [ProcessState], parent and descriptors.
public final class ProcessEntry {
    /// How much of the process is known.
    enum Origin {
        /// Only what the header of a record contains.
        STUB,
        /// Copied from a parent that is itself a stub.
        FORKED_FROM_STUB,
        /// Described by the kernel or by /proc.
        COMPLETE
    }

    /// Of an entry that is not indexed by its pid namespace.
    static final long NO_KEY = 0;

    final int pid;
    /// Nanoseconds since boot, from the kernel.
    final long start;
    ProcessState state;
    Origin origin;
    int parentPid;
    /// 0: unknown.
    long parentStart;
    private @Nullable ProcessEntry parent;
    private int children;
    boolean exited;
    long exitKtime;
    private boolean removed;
    /// An older process with the same pid, not yet forgotten.
    @Nullable
    ProcessEntry previous;

    private DescriptorTable descriptors = DescriptorTable.NONE;
    int reconstructions;
    int cgroupLookups;
    /// As the last record says; 0: unknown.
    int threads;
    /// By the collector's clock.
    long reconstructAfterNanos;
    /// By which [ProcessTable] finds it in its pid namespace.
    long namespaceKey = NO_KEY;

    ProcessEntry(int pid, long start, ProcessState state, Origin origin) {
        this.pid = pid;
        this.start = start;
        this.state = state;
        this.origin = origin;
    }

    public int pid() {
        return pid;
    }

    /// Nanoseconds since boot.
    public long start() {
        return start;
    }

    /// The current state; only [ProcessTable#change] replaces it.
    public ProcessState state() {
        return state;
    }

    public boolean exited() {
        return exited;
    }

    /// Thread group id of the parent; 0: none or unknown.
    public int parentPid() {
        return parentPid;
    }

    /// The parent, or the nearest ancestor still in the table; null: none or not linked.
    @Nullable
    ProcessEntry parent() {
        ProcessEntry direct = parent;
        if (direct != null && direct.removed) {
            ProcessEntry nearest = direct;
            while (nearest != null && nearest.removed) {
                nearest = nearest.parent;
            }
            link(nearest);
            release(direct);
        }
        return parent;
    }

    /// A forgotten entry without children no longer counts as a child itself.
    private static void release(ProcessEntry forgotten) {
        ProcessEntry at = forgotten;
        while (at != null && at.removed && !at.hasChildren()) {
            ProcessEntry next = at.parent;
            at.link(null);
            at = next;
        }
    }

    void link(@Nullable ProcessEntry newParent) {
        if (newParent == parent) {
            return;
        }
        if (parent != null) {
            parent.children--;
        }
        parent = newParent;
        if (newParent != null) {
            newParent.children++;
        }
    }

    boolean hasChildren() {
        return children > 0;
    }

    /// Marks the entry as forgotten; children that point here skip to the nearest ancestor still in the table.
    void remove() {
        removed = true;
        descriptors = DescriptorTable.NONE;
        release(this);
    }

    boolean removed() {
        return removed;
    }

    /// Its known descriptors, read-only.
    public DescriptorTable descriptors() {
        return descriptors;
    }

    /// Replaces a descriptor; null: closed.
    void set(int number, @Nullable Descriptor descriptor) {
        descriptors = descriptors.with(number, descriptor);
    }

    void descriptors(DescriptorTable all) {
        descriptors = all;
    }
}
