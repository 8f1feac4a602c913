package dev.tiercel.collector.node;

import dev.tiercel.collector.container.AccountNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The host's account names, reloaded when `passwd` or `group` has changed. Single-threaded.
final class HostAccounts {
    private final Path etc;
    private final long intervalNanos;
    private AccountNames names;
    private List<Object> seen;
    private long nextCheckNanos;

    /// @param etc the directory with `passwd` and `group`
    /// @param interval between checks of the files, by the clock passed to [#refresh]
    HostAccounts(Path etc, Duration interval) {
        this.etc = etc;
        this.intervalNanos = interval.toNanos();
        this.seen = stamps();
        this.names = AccountNames.read(etc);
    }

    AccountNames names() {
        return names;
    }

    /// Reloads the files if a check is due and they have changed; true if they were reloaded.
    boolean refresh(long nowNanos) {
        if (nowNanos - nextCheckNanos < 0) {
            return false;
        }
        nextCheckNanos = nowNanos + intervalNanos;
        List<Object> now = stamps();
        if (now.equals(seen)) {
            return false;
        }
        seen = now;
        names = AccountNames.read(etc);
        return true;
    }

    /// Time, size and inode: editors replace the files, so that the inode changes even within one clock tick.
    private List<Object> stamps() {
        List<Object> stamps = new ArrayList<>();
        for (String file : List.of("passwd", "group")) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(etc.resolve(file), BasicFileAttributes.class);
                stamps.add(attributes.lastModifiedTime());
                stamps.add(attributes.size());
                stamps.add(String.valueOf(attributes.fileKey()));
            } catch (IOException e) {
                stamps.add("absent");
            }
        }
        return stamps;
    }
}
