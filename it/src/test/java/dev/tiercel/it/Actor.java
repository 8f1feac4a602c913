package dev.tiercel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Performs suspicious actions for real: in a shell on the host, or in a container of an image built from scratch with
/// busybox and `act.c`.
final class Actor {
    static final String IMAGE_NAME = "tiercel-it/actor";
    static final String IMAGE = IMAGE_NAME + ":1";

    private final Path directory;

    /// Compiles `act.c` to `directory/act`.
    Actor(Path directory) {
        this.directory = directory;
        Machine.run(List.of(
                "gcc",
                "-static",
                "-O1",
                "-o",
                directory.resolve("act").toString(),
                Machine.root("it/src/test/c/act.c").toString()));
    }

    /// Runs a shell command on the host, with the current directory and `$act` set.
    void onHost(String line) {
        Machine.run(List.of("bash", "-c", "cd " + directory + "; act=" + directory + "/act; " + line));
    }

    /// Like [#onHost], where `/usr/local/sbin` and `/var/log` are empty: nobody else sees what it puts there.
    void onHostAlone(String line) {
        Machine.run(List.of(
                "unshare",
                "--mount",
                "bash",
                "-c",
                "for d in /usr/local/sbin /var/log; do mount -t tmpfs none $d; done; act=" + directory + "/act; "
                        + line));
    }

    /// Runs a shell command in a new container named `name`; `options` go to `docker run`.
    void inContainer(String name, List<String> options, String line) {
        List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--network=none", "--name", name));
        command.addAll(options);
        command.addAll(List.of(IMAGE, "/bin/sh", "-c", line));
        Machine.run(command);
    }

    /// Builds the image from scratch: busybox, its applet names, `act`, and the files that actions touch.
    void buildImage() {
        if (Files.exists(directory.resolve("image"))) {
            return;
        }
        try {
            Path tree = Files.createDirectories(directory.resolve("image"));
            for (String name : List.of("bin", "etc", "tmp", "root", "dev", "usr/bin", "var/log", "proc")) {
                Files.createDirectories(tree.resolve(name));
            }
            Files.copy(Path.of("/bin/busybox"), tree.resolve("bin/busybox"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(
                    tree.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nactor:x:1000:1000::/tmp:/bin/sh\n");
            Files.writeString(tree.resolve("etc/group"), "root:x:0:\nactor:x:1000:\n");
            Files.writeString(tree.resolve("etc/shadow"), "root:*:19000:0:99999:7:::\n");
            for (String applet : List.of(
                    "sh", "cat", "cp", "ls", "chmod", "touch", "mkdir", "rm", "true", "mount", "find", "grep")) {
                Files.createLink(tree.resolve("bin/" + applet), tree.resolve("bin/busybox"));
            }
            for (String name : List.of("act", "apk", "nc", "scp", "kubectl")) {
                Files.copy(directory.resolve("act"), tree.resolve("bin/" + name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        onHost("tar -C image -cf - . | docker import -c 'ENV PATH=/bin:/usr/bin' - " + IMAGE);
    }
}
