package dev.tiercel.it;

import static dev.tiercel.it.Attack.inContainer;
import static dev.tiercel.it.Attack.onHost;

import java.util.List;
import java.util.stream.Stream;

/// Suspicious actions that are performed for real, each harmless and undone.
final class Attacks {
    private Attacks() {}

    static List<Attack> all() {
        return Stream.of(credentials(), files(), processes(), kernel(), network(), containers())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Attack> credentials() {
        return List.of(
                onHost(
                        "Credential file read by untrusted program",
                        "cat /etc/shadow > /dev/null",
                        "proc.name", "cat",
                        "proc.pname", "bash",
                        "proc.cmdline", "cat /etc/shadow",
                        "proc.exepath", "(/usr)?/bin/cat",
                        "fd.name", "/etc/shadow",
                        "user.name", "root"),
                onHost(
                        "Symbolic link to a sensitive file",
                        "ln -s /etc/shadow link && rm link",
                        "proc.name", "ln",
                        "evt.arg.target", "/etc/shadow",
                        "evt.arg.linkpath", ".*link"),
                onHost(
                        "Hard link to a sensitive file",
                        "ln /etc/shadow hard || true; rm -f hard",
                        "proc.name", "ln",
                        "evt.arg.oldpath", "/etc/shadow",
                        "evt.arg.newpath", ".*hard"),
                onHost(
                        "Search for private keys or passwords",
                        "find . -name id_rsa",
                        "proc.name", "find",
                        "proc.cmdline", "find \\. -name id_rsa"),
                onHost("Search for cloud credentials", "grep -r aws_secret_access_key Z || true", "proc.name", "grep"),
                onHost(
                        "Shell history read by another program",
                        "touch .bash_history && cat .bash_history && rm .bash_history",
                        "proc.name", "cat",
                        "fd.name", "/.*/\\.bash_history"));
    }

    private static List<Attack> files() {
        return List.of(
                onHost(
                        "Program directory written to",
                        "touch /usr/bin/tiercel-it && rm /usr/bin/tiercel-it",
                        "proc.name", "touch",
                        "fd.name", "/usr/bin/tiercel-it"),
                onHost("System program renamed or removed", "touch /usr/bin/tiercel-it && rm /usr/bin/tiercel-it", "proc.name", "rm"),
                onHost(
                        "Directory made below a program directory",
                        "mkdir /usr/bin/tiercel-it.d && rmdir /usr/bin/tiercel-it.d",
                        "proc.name", "mkdir",
                        "evt.arg.path", "/usr/bin/tiercel-it.d"),
                onHost(
                        "Mode or owner of a sensitive file changed",
                        "touch /usr/bin/tiercel-it && chmod 600 /usr/bin/tiercel-it && rm /usr/bin/tiercel-it",
                        "proc.name", "chmod",
                        "fs.path.name", "/usr/bin/tiercel-it"),
                onHost(
                        "Setuid or setgid bit set",
                        "touch suid && chmod u+s suid",
                        "proc.name", "chmod",
                        "fs.path.name", "/.*/suid",
                        "evt.arg.mode", ".*S_ISUID.*"),
                onHost("System configuration written", "touch /etc/tiercel-it && rm /etc/tiercel-it", "proc.name", "touch", "fd.name", "/etc/tiercel-it"),
                onHost("Cron table changed", "touch /etc/cron.d/tiercel-it && rm /etc/cron.d/tiercel-it", "fd.name", "/etc/cron.d/tiercel-it"),
                onHost(
                        "Authorized keys written",
                        "mkdir -p .ssh && echo key > .ssh/authorized_keys",
                        "proc.name", "bash",
                        "fd.name", "/.*/\\.ssh/authorized_keys"),
                onHost("Shell configuration changed", "echo x > .bashrc", "proc.name", "bash", "fd.name", "/.*/\\.bashrc"),
                onHost("Log cleared", "echo x > auth.log && : > auth.log", "proc.name", "bash", "fd.name", "/.*/auth.log"),
                onHost("Shell history cleared", "touch .bash_history && rm .bash_history", "proc.name", "rm"),
                onHost("Hidden file or directory in a shared place", "touch /tmp/.tiercel-it && rm /tmp/.tiercel-it", "proc.name", "touch"),
                onHost("File created below dev", "touch /dev/tiercel-it && rm /dev/tiercel-it", "proc.name", "touch", "fd.name", "/dev/tiercel-it"),
                onHost("Data destroyed in bulk", "echo x > doomed && shred -u doomed", "proc.name", "shred", "proc.cmdline", "shred -u doomed"));
    }

    private static List<Attack> processes() {
        return List.of(
                onHost(
                        "Program run from shared memory",
                        "cp $act /dev/shm/tiercel-it && /dev/shm/tiercel-it nothing; rm /dev/shm/tiercel-it",
                        "proc.name", "tiercel-it",
                        "proc.exepath", "/dev/shm/tiercel-it"),
                onHost("Program run from memory", "$act memfd $act", "proc.pname", "act", "proc.exepath", ".*memfd:payload.*"),
                onHost(
                        "Shell started by a server",
                        "cp $act nginx && ./nginx spawn /bin/sh -c true",
                        "proc.name", "sh",
                        "proc.pname", "nginx",
                        "proc.cmdline", "sh -c true"),
                onHost(
                        "Program started by a database",
                        "cp $act mysqld && ./mysqld spawn /bin/ls /",
                        "proc.name", "ls",
                        "proc.pname", "mysqld"),
                onHost("Crypto miner started", "cp $act xmrig && ./xmrig nothing", "proc.name", "xmrig", "proc.exepath", "/.*/xmrig"),
                onHost("User asks to become root", "$act regain", "proc.name", "act", "user.uid", "1000"));
    }

    private static List<Attack> kernel() {
        return List.of(
                onHost("Process attached to by another", "$act ptrace-attach", "proc.name", "act", "evt.arg.request", "PTRACE_ATTACH"),
                onHost("Debugger evaded", "$act ptrace-traceme", "proc.name", "act", "evt.arg.request", "PTRACE_TRACEME"),
                onHost("Namespace joined by an unexpected program", "$act setns", "proc.name", "act"),
                onHost("BPF program loaded", "$act bpf", "proc.name", "act", "proc.cmdline", "act bpf"));
    }

    private static List<Attack> network() {
        return List.of(
                onHost("Packet socket made by an unexpected program", "$act packet-socket", "proc.name", "act"),
                onHost("Network tool started on the host", "cp $act nc && ./nc nothing", "proc.name", "nc", "proc.cmdline", "nc nothing"),
                onHost(
                        "SSH to an unusual port",
                        "cp $act ssh && ./ssh connect 127.0.0.1 2222",
                        "proc.name", "ssh",
                        "fd.name", "127.0.0.1:\\d+->127.0.0.1:2222",
                        "fd.sport", "2222"),
                onHost("File tool uses the network", "cp $act sleep && ./sleep listen 12399", "proc.name", "sleep"));
    }

    private static List<Attack> containers() {
        List<String> none = List.of();
        return List.of(
                inContainer("Container started with sensitive mounts", "it-mounts", List.of("-v", "/root:/root:ro"), "true", "proc.name", "sh"),
                inContainer("Container started with many capabilities", "it-caps", List.of("--cap-add", "SYS_ADMIN"), "true"),
                inContainer("Terminal shell in a container", "it-tty", List.of("-t"), "true", "proc.name", "sh"),
                inContainer("Namespace made in a container", "it-unshare", List.of("--cap-add", "SYS_ADMIN"), "/bin/act unshare; :", "proc.name", "act"),
                inContainer(
                        "Dropped program run in a container",
                        "it-drop",
                        none,
                        "/bin/cp /bin/act /tmp/dropped; /tmp/dropped nothing; :",
                        "proc.name", "dropped",
                        "proc.pname", "sh",
                        "proc.exepath", "/tmp/dropped"),
                inContainer("Standard streams redirected to a connection", "it-reverse", none, "/bin/act reverse-shell; :", "proc.name", "act"),
                inContainer("Packet socket made in a container", "it-packet", none, "/bin/act packet-socket; :", "proc.name", "act"),
                inContainer("Package manager started in a container", "it-apk", none, "/bin/apk nothing; :", "proc.name", "apk"),
                inContainer("Network tool started in a container", "it-nc", none, "/bin/nc nothing; :", "proc.name", "nc"),
                inContainer("Copy tool started in a container", "it-scp", none, "/bin/scp nothing; :", "proc.name", "scp"),
                inContainer("Cluster tool started in a container", "it-kubectl", none, "/bin/kubectl nothing; :", "proc.name", "kubectl"),
                inContainer(
                        "Environment of a process read in container",
                        "it-environ",
                        none,
                        "/bin/cat /proc/self/environ > /dev/null; :",
                        "proc.name", "cat",
                        "fd.name", "/proc/(self|\\d+)/environ"),
                inContainer(
                        "Credential file read by untrusted program",
                        "it-shadow",
                        none,
                        "/bin/cat /etc/shadow > /dev/null; :",
                        "proc.name", "cat",
                        "proc.pname", "sh",
                        "fd.name", "/etc/shadow"));
    }
}
