package dev.tiercel.collector.node;

/// Attributes of the file that a process executes.
///
/// @param changeTime ctime, nanoseconds since the epoch
/// @param modifyTime mtime, nanoseconds since the epoch
/// @param flags `KEVENT_EXE_*`
public record ExecutableFile(long inode, long changeTime, long modifyTime, int flags) {
    static final ExecutableFile UNKNOWN = new ExecutableFile(0, 0, 0, 0);
}
