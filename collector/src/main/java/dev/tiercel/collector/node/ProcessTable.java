package dev.tiercel.collector.node;

import static dev.tiercel.schemas.ProcessAttribute.VPID;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The processes of the node, keyed by (pid, start), with their lineage.
///
/// An exited process stays for a grace period, because records from other CPUs may arrive after its exit, and as an
/// ancestor while a descendant lives. The table is bounded: over capacity, exited processes are evicted first, oldest
/// first, then living ones, round robin. Evictions are counted; a living process is read from /proc again when it next
/// acts. Single-threaded.
final class ProcessTable {
    private final int capacity;
    private final long capacityBytes;
    private final long graceNanos;
    private final PidMap newest = new PidMap();
    private final Map<Long, ProcessEntry> byNamespacePid = new HashMap<>();
    private final Deque<ProcessEntry> exited = new ArrayDeque<>();
    private final Deque<ProcessEntry> ancestors = new ArrayDeque<>();
    private int size;
    private long sizeBytes;
    private int hand;
    private long evicted;
    private long evictedAlive;

    /// @param capacity most processes, alive and exited
    /// @param capacityBytes approximate limit of their heap
    /// @param graceNanos how long an exited process stays
    ProcessTable(int capacity, long capacityBytes, long graceNanos) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
        this.graceNanos = graceNanos;
    }

    /// The process with this identity; null: unknown.
    @Nullable
    ProcessEntry find(int pid, long start) {
        ProcessEntry entry = newest.get(pid);
        while (entry != null && entry.start != start) {
            entry = entry.previous;
        }
        return entry;
    }

    /// The process that had this pid at a time; null: unknown.
    ///
    /// @param atKtime nanoseconds since boot
    @Nullable
    ProcessEntry findAt(int pid, long atKtime) {
        ProcessEntry entry = newest.get(pid);
        while (entry != null && entry.start > atKtime) {
            entry = entry.previous;
        }
        return entry;
    }

    /// The living process with this pid in a pid namespace; null: unknown.
    @Nullable
    ProcessEntry findInNamespace(long pidNamespace, int vpid) {
        return byNamespacePid.get(namespaceKey(pidNamespace, vpid));
    }

    /// Adds a process that [#find] does not know. An older one with the same pid must have exited unnoticed.
    void add(ProcessEntry entry, long ktime) {
        ProcessEntry holder = newest.get(entry.pid);
        if (holder == null || holder.start < entry.start) {
            entry.previous = holder;
            newest.put(entry);
            if (holder != null) {
                end(holder, ktime);
            }
        } else { // a late record of the pid's previous process
            while (holder.previous != null && holder.previous.start > entry.start) {
                holder = holder.previous;
            }
            entry.previous = holder.previous;
            holder.previous = entry;
            end(entry, ktime);
        }
        size++;
        sizeBytes += entry.state.sizeBytes();
        indexNamespace(entry);
        evictSurplus(entry);
    }

    /// Replaces the process's current state.
    void change(ProcessEntry entry, ProcessState state) {
        if (!entry.removed()) {
            sizeBytes += state.sizeBytes() - entry.state.sizeBytes();
        }
        entry.state = state;
        indexNamespace(entry);
        evictSurplus(entry);
    }

    /// Indexes a process by its pid namespace and its pid there, and no longer by those that it had before.
    private void indexNamespace(ProcessEntry entry) {
        long namespace = entry.state.namespaces[Namespaces.PID];
        boolean indexed = namespace != 0 && namespace != Namespaces.INITIAL_PID && !entry.exited && !entry.removed();
        long key = indexed ? namespaceKey(namespace, (int) entry.state.number(VPID)) : ProcessEntry.NO_KEY;
        if (key != entry.namespaceKey) {
            leaveNamespaceIndex(entry);
        }
        if (indexed) {
            byNamespacePid.put(key, entry);
            entry.namespaceKey = key;
        }
    }

    private void leaveNamespaceIndex(ProcessEntry entry) {
        if (entry.namespaceKey != ProcessEntry.NO_KEY) {
            byNamespacePid.remove(entry.namespaceKey, entry);
            entry.namespaceKey = ProcessEntry.NO_KEY;
        }
    }

    /// Marks a process as exited; it is forgotten after the grace period.
    void end(ProcessEntry entry, long ktime) {
        if (entry.exited) {
            return;
        }
        entry.exited = true;
        entry.exitKtime = ktime;
        entry.descriptors(DescriptorTable.NONE);
        leaveNamespaceIndex(entry);
        exited.add(entry);
    }

    /// Forgets processes whose grace period is over and that have no descendants.
    void expire(long ktime) {
        ProcessEntry oldest = exited.peek();
        while (oldest != null && ktime - oldest.exitKtime > graceNanos) {
            exited.remove();
            retire(oldest);
            oldest = exited.peek();
        }
        for (int n = Math.min(64, ancestors.size()); n > 0; n--) {
            retire(ancestors.remove());
        }
    }

    /// Parent of a process, linking it if it has become known; null: none or unknown.
    @Nullable
    ProcessEntry parent(ProcessEntry entry) {
        ProcessEntry parent = entry.parent();
        if (parent == null && entry.parentPid != 0) {
            parent = entry.parentStart != 0
                    ? find(entry.parentPid, entry.parentStart)
                    : findAt(entry.parentPid, entry.start);
            if (parent != null && parent != entry && !isAncestor(entry, parent)) {
                entry.link(parent);
            } else {
                parent = null;
            }
        }
        return parent;
    }

    /// Leader of the session or process group with this id; null: forgotten or unknown.
    @Nullable
    ProcessEntry leader(ProcessEntry member, int id) {
        if (id == member.pid) {
            return member;
        }
        return id == 0 ? null : findAt(id, member.start);
    }

    /// Number of processes, alive and exited.
    int size() {
        return size;
    }

    /// Processes evicted so far, living ones included.
    long evicted() {
        return evicted;
    }

    /// Living processes evicted so far.
    long evictedAlive() {
        return evictedAlive;
    }

    private static boolean isAncestor(ProcessEntry candidate, ProcessEntry of) {
        ProcessEntry at = of;
        while (at != null && at != candidate) {
            at = at.parent();
        }
        return at != null;
    }

    private void retire(ProcessEntry entry) {
        if (entry.removed()) {
            return;
        }
        if (entry.hasChildren()) {
            ancestors.add(entry);
        } else {
            forget(entry);
        }
    }

    private void evictSurplus(ProcessEntry spared) {
        while ((size > capacity || sizeBytes > capacityBytes) && evictOne(spared)) {
            evicted++;
        }
    }

    private boolean evictOne(ProcessEntry spared) {
        ProcessEntry victim = pollPresent(exited, spared);
        if (victim == null) {
            victim = pollPresent(ancestors, spared);
        }
        if (victim == null) {
            hand++;
            victim = newest.search(hand, entry -> entry != spared && !entry.exited && entry.pid != 1);
            evictedAlive += victim == null ? 0 : 1;
        }
        if (victim == null) {
            return false;
        }
        victim.exited = true;
        forget(victim);
        return true;
    }

    /// Takes the first entry that is not forgotten; the spared one stays, so that it expires later.
    private static @Nullable ProcessEntry pollPresent(Deque<ProcessEntry> queue, ProcessEntry spared) {
        ProcessEntry first = queue.poll();
        boolean kept = false;
        while (first != null && (first.removed() || first == spared)) {
            kept |= first == spared && !first.removed();
            first = queue.poll();
        }
        if (kept) {
            queue.addFirst(spared);
        }
        return first;
    }

    private void forget(ProcessEntry entry) {
        leaveNamespaceIndex(entry);
        unchain(entry);
        entry.remove();
        size--;
        sizeBytes -= entry.state.sizeBytes();
    }

    private void unchain(ProcessEntry entry) {
        ProcessEntry at = newest.get(entry.pid);
        if (at == entry) {
            if (entry.previous == null) {
                newest.remove(entry.pid);
            } else {
                newest.put(entry.previous);
            }
            return;
        }
        while (at != null && at.previous != entry) {
            at = at.previous;
        }
        if (at != null) {
            at.previous = entry.previous;
        }
    }

    /// Processes that are indexed by their pid namespace.
    int indexed() {
        return byNamespacePid.size();
    }

    private static long namespaceKey(long namespace, int vpid) {
        return namespace << 32 | (vpid & 0xffff_ffffL);
    }
}
