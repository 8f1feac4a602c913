package dev.tiercel.kevent;

/// The classes that the probe counts its records and losses by, in the order of `enum kevent_class`.
public enum KeventClass {
    /// exec, fork, exit and the start-up snapshot.
    PROCESS,
    OPEN,
    /// unlink, rename, mkdir, link, chmod, chown, mount and their like.
    FILE,
    NET,
    OTHER
}
