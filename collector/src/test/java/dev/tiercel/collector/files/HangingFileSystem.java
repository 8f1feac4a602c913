package dev.tiercel.collector.files;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import dev.tiercel.harness.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file system of user space that answers no request: whoever looks into it hangs until it is closed.
public final class HangingFileSystem implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int MNT_DETACH = 2;

    private interface LibC extends Library {
        int open(String path, int flags);

        int close(int descriptor);

        int mount(String source, String target, String type, NativeLong flags, String data);

        int umount2(String target, int flags);
    }

    private final LibC libC = Native.load("c", LibC.class);
    private final Path at;
    private final int device;

    /// Mounts it on a directory, which is made; needs root.
    public HangingFileSystem(Path at) throws IOException {
        this.at = Files.createDirectories(at);
        this.device = libC.open("/dev/fuse", O_RDWR | O_CLOEXEC);
        Requirement.KERNEL.check(device >= 0, "/dev/fuse");
        String options = "fd=%d,rootmode=40000,user_id=0,group_id=0".formatted(device);
        boolean mounted = libC.mount("hanging", at.toString(), "fuse", new NativeLong(0), options) == 0;
        if (!mounted) {
            libC.close(device);
        }
        Requirement.KERNEL.check(mounted, "the right to mount");
    }

    /// Releases those that hang.
    @Override
    public void close() {
        libC.close(device); // aborts the connection
        libC.umount2(at.toString(), MNT_DETACH);
    }
}
