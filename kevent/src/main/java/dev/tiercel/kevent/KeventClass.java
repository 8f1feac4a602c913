package dev.tiercel.kevent;

/// The classes by which the probe counts records and losses: `enum kevent_class`.
public enum KeventClass {
    /// exec, fork, exit and the start-up snapshot.
    PROCESS(0),
    OPEN(1),
    /// unlink, rename, mkdir, link, chmod, chown, mount and the like.
    FILE(2),
    NET(3),
    OTHER(4);

    private final int index;

    KeventClass(int index) {
        this.index = index;
    }

    /// Its index in the arrays of `struct kevent_counters`.
    public int index() {
        return index;
    }
}
