package dev.tiercel.benchmarks;

import dev.tiercel.rules.RuleFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Any number of distinct rules like Falco's, the same in every run: 40 % about started programs, 35 % about
/// opened files, 15 % about connections, 10 % about other changes to files. Each has constants and exceptions of its
/// own.
final class SyntheticRules {

    private static final String MACROS = """
            - macro: open_write
              condition: (evt.type in (open, openat, openat2) and evt.is_open_write=true and fd.typechar='f' and fd.num>=0)
            - macro: open_read
              condition: (evt.type in (open, openat, openat2) and evt.is_open_read=true and fd.typechar='f' and fd.num>=0)
            - macro: spawned_process
              condition: (evt.type in (execve, execveat))
            - macro: outbound
              condition: (evt.type in (connect, sendto, sendmsg) and fd.typechar in (4, 6) and evt.rawres >= 0)
            - macro: changes
              condition: (evt.type in (rename, renameat, renameat2, unlink, unlinkat, mkdir, mkdirat, chmod, fchmodat))
            - macro: container
              condition: (container.id != host)
            """;

    private static final List<String> FOLDERS =
            List.of("/etc/", "/usr/bin/", "/var/lib/", "/opt/", "/home/", "/root/.", "/var/spool/", "/proc/", "/boot/");

    private final SplittableRandom random = new SplittableRandom(20261122);
    private final StringBuilder text = new StringBuilder(MACROS);

    private SyntheticRules() {}

    /// A file of `count` rules.
    static RuleFile file(int count) {
        SyntheticRules rules = new SyntheticRules();
        for (int i = 0; i < count; i++) {
            rules.add(i);
        }
        return new RuleFile("synthetic.yaml", rules.text.toString());
    }

    private void add(int number) {
        int kind = random.nextInt(100);
        String condition = kind < 40 ? process() : kind < 75 ? file() : kind < 90 ? connection() : change();
        text.append(String.format(
                Locale.ROOT,
                "- rule: synthetic %d%n  desc: Rule %d of many.%n  condition: >%n    %s%n"
                        + "  output: it happened (file=%%fd.name command=%%proc.cmdline)%n  priority: NOTICE%n",
                number,
                number,
                condition));
    }

    private String process() {
        return switch (random.nextInt(4)) {
            case 0 -> "spawned_process and proc.name in (" + names(1 + random.nextInt(5)) + ") and not " + excepted();
            case 1 ->
                "spawned_process and container and proc.cmdline contains \"" + word() + " --" + word() + "\" and not "
                        + excepted();
            case 2 ->
                "spawned_process and proc.pname in (" + names(3) + ") and proc.name in (" + names(4) + ") and not "
                        + excepted();
            default ->
                "spawned_process and (proc.exepath startswith /tmp/" + word() + " or proc.args contains \"-" + word()
                        + "\") and not " + excepted();
        };
    }

    private String file() {
        String opened = random.nextInt(3) == 0 ? "open_read" : "open_write";
        return switch (random.nextInt(4)) {
            case 0 -> opened + " and fd.name startswith " + path() + " and not " + excepted();
            case 1 -> opened + " and fd.name in (" + path() + ", " + path() + ") and not " + excepted();
            case 2 -> opened + " and container and fd.name endswith /" + word() + ".conf and not " + excepted();
            default ->
                opened + " and (fd.directory in (" + path() + ", " + path() + ") or fd.name contains /." + word()
                        + "/) and not " + excepted();
        };
    }

    private String connection() {
        return "outbound and fd.sport in (" + (1 + random.nextInt(65_000)) + ", " + (1 + random.nextInt(65_000))
                + ") and not proc.name in (" + names(3) + ")"
                + (random.nextBoolean() ? " and container" : " and not fd.sip = 10.0." + random.nextInt(256) + ".1");
    }

    private String change() {
        return "changes and (evt.arg.path startswith " + path() + " or evt.arg.name startswith " + path() + ") and not "
                + excepted();
    }

    private String excepted() {
        return switch (random.nextInt(3)) {
            case 0 -> "proc.name in (" + names(2) + ")";
            case 1 -> "proc.pname in (" + names(2) + ")";
            default -> "(proc.name = " + word() + " and proc.cmdline contains " + word() + ")";
        };
    }

    private String path() {
        return FOLDERS.get(random.nextInt(FOLDERS.size())) + word() + "/" + word();
    }

    private String names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(word());
        }
        return String.join(", ", names);
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        int syllables = 2 + random.nextInt(2);
        for (int i = 0; i < syllables; i++) {
            word.append("bdfgklmnprstvz".charAt(random.nextInt(14))).append("aeiou".charAt(random.nextInt(5)));
        }
        return word.append(random.nextInt(10)).toString();
    }
}
