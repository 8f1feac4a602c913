package dev.tiercel.collector.node;

import static dev.tiercel.schemas.ProcessAttribute.VPID;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The processes of the node, keyed by (pid, start), with their lineage.
///
/// A process that ended stays for a grace, because records of other CPUs may come after its end, and longer while a
/// descendant lives, as its ancestor. The table is bounded: over capacity, ended processes go first, oldest first,
/// then living ones, round robin; what goes is counted and, if alive, found again in /proc when it next acts. One
/// thread.
public final class ProcessTable {
    private final int capacity;
    private final long capacityBytes;
    private final long graceNanos;
    private final PidMap newest = new PidMap();
    private final Map<Long, ProcessEntry> byNamespacePid = new HashMap<>();
    private final Deque<ProcessEntry> ended = new ArrayDeque<>();
    private final Deque<ProcessEntry> ancestors = new ArrayDeque<>();
    private int size;
    private long sizeBytes;
    private int hand;
    private long evicted;
    private long evictedAlive;

    /// @param capacity processes, living and ended
    /// @param capacityBytes of heap that they may take, roughly
    /// @param graceNanos how long an ended process stays
    ProcessTable(int capacity, long capacityBytes, long graceNanos) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
        this.graceNanos = graceNanos;
    }

    /// The process; null: not known.
    @Nullable
    ProcessEntry find(int pid, long start) {
        ProcessEntry entry = newest.get(pid);
        while (entry != null && entry.start != start) {
            entry = entry.previous;
        }
        return entry;
    }

    /// The process that had this pid at a time; null: not known.
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

    /// The living process that a pid means inside a pid namespace; null: not known.
    @Nullable
    ProcessEntry findInNamespace(long pidNamespace, int vpid) {
        return byNamespacePid.get(namespaceKey(pidNamespace, vpid));
    }

    /// Adds a process that [#find] does not know. An older living one with the same pid must have ended unseen.
    void add(ProcessEntry entry, long ktime) {
        ProcessEntry holder = newest.get(entry.pid);
        if (holder == null || holder.start < entry.start) {
            entry.previous = holder;
            newest.put(entry);
            if (holder != null) {
                end(holder, ktime);
            }
        } else { // a late record of an earlier holder of the pid
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

    /// Makes another state the process's current one.
    void change(ProcessEntry entry, ProcessState state) {
        if (!entry.removed()) {
            sizeBytes += state.sizeBytes() - entry.state.sizeBytes();
        }
        entry.state = state;
        indexNamespace(entry);
        evictSurplus(entry);
    }

    /// Notes in which pid namespace, and as what, a process is to be found.
    private void indexNamespace(ProcessEntry entry) {
        long namespace = entry.state.namespaces[Namespaces.PID];
        if (namespace != 0 && namespace != Namespaces.INITIAL_PID && !entry.exited) {
            byNamespacePid.put(namespaceKey(namespace, (int) entry.state.number(VPID)), entry);
        }
    }

    /// The process has ended: forgotten after the grace.
    void end(ProcessEntry entry, long ktime) {
        if (entry.exited) {
            return;
        }
        entry.exited = true;
        entry.exitKtime = ktime;
        entry.descriptors(Descriptors.NONE);
        byNamespacePid.remove(
                namespaceKey(entry.state.namespaces[Namespaces.PID], (int) entry.state.number(VPID)), entry);
        ended.add(entry);
    }

    /// Forgets what ended longer ago than the grace and is nobody's ancestor.
    void expire(long ktime) {
        ProcessEntry oldest = ended.peek();
        while (oldest != null && ktime - oldest.exitKtime > graceNanos) {
            ended.remove();
            retire(oldest);
            oldest = ended.peek();
        }
        for (int n = Math.min(64, ancestors.size()); n > 0; n--) {
            retire(ancestors.remove());
        }
    }

    /// Parent of a process, linked if it has come to be known; null: none or unknown.
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

    /// Leader of the session or process group with this id; null: gone or unknown.
    @Nullable
    ProcessEntry leader(ProcessEntry member, int id) {
        if (id == member.pid) {
            return member;
        }
        return id == 0 ? null : findAt(id, member.start);
    }

    /// Living and ended processes.
    public int size() {
        return size;
    }

    /// Processes forgotten for want of room, living ones included.
    public long evicted() {
        return evicted;
    }

    /// Living processes forgotten for want of room.
    public long evictedAlive() {
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
        ProcessEntry victim = pollPresent(ended, spared);
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

    private static @Nullable ProcessEntry pollPresent(Deque<ProcessEntry> queue, ProcessEntry spared) {
        ProcessEntry first = queue.poll();
        while (first != null && (first.removed() || first == spared)) {
            first = queue.poll();
        }
        return first;
    }

    private void forget(ProcessEntry entry) {
        byNamespacePid.remove(
                namespaceKey(entry.state.namespaces[Namespaces.PID], (int) entry.state.number(VPID)), entry);
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

    private static Long namespaceKey(long namespace, int vpid) {
        return namespace << 32 | (vpid & 0xffff_ffffL);
    }
}
