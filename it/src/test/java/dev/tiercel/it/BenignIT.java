package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Everyday actions raise no alert with the default rules.
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenignIT {
    private TiercelProcess tiercel;
    private AlertLog alerts;
    private Actor actor;

    @BeforeAll
    void start(@TempDir Path directory) {
        Machine.mustTrace();
        actor = new Actor(directory);
        tiercel = TiercelProcess.up(directory.resolve("data"));
        alerts = new AlertLog(tiercel.client());
    }

    @AfterAll
    void stop() {
        if (tiercel != null) {
            alerts.close();
            tiercel.close();
        }
    }

    static List<Arguments> workloads() {
        return List.of(
                Arguments.of(
                        "compiles a program",
                        "echo 'int main(void){return 0;}' > a.c && gcc -O2 -o a.out a.c && ./a.out"),
                Arguments.of(
                        "builds with make",
                        "printf 'all:\\n\\tcc -c b.c -o b.o\\n' > Makefile && echo 'int b;' > b.c && make -s"),
                Arguments.of(
                        "keeps history in git",
                        "git init -q r && cd r && echo x > f && git add f && git -c user.name=a -c user.email=a@b commit -qm x && git log --oneline"),
                Arguments.of(
                        "packs and unpacks",
                        "mkdir -p t && seq 1000 > t/n && tar czf t.tgz t && rm -r t && tar xzf t.tgz"),
                Arguments.of(
                        "searches a tree",
                        "find /usr/share/doc -maxdepth 2 -name copyright | head -50 | xargs grep -l GPL | sort | wc -l"),
                Arguments.of("asks the package database", "dpkg -l > l.txt; dpkg -S /bin/ls; apt-cache policy bash"),
                Arguments.of(
                        "runs a perl script",
                        "perl -e 'open(my $f, \">\", \"o\"); print $f $_ for 1..1000; close $f;'"),
                Arguments.of("starts a JVM", "java -version"),
                Arguments.of(
                        "looks at the machine",
                        "ps aux > p.txt; df > d.txt; uptime; cat /proc/cpuinfo > c.txt; ls -la / > ls.txt"),
                Arguments.of(
                        "edits its own files",
                        "mkdir -p e && cp /etc/hostname e/h && sed -i s/./x/ e/h && chmod 600 e/h && mv e/h e/i && ln -s i e/j"),
                Arguments.of(
                        "reads its configuration",
                        "getent passwd root; getent hosts localhost; id; locale > /dev/null"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void raisesNoAlert(String name, String line) {
        int mark = alerts.mark();
        actor.onHost(line);
        actor.onHost("cat /etc/shadow > /dev/null # after " + name);

        assertThat(alerts.await(
                        mark,
                        alert -> alert.field("proc.cmdline").startsWith("cat /etc/shadow"),
                        Duration.ofSeconds(20)))
                .as("the alert that shows that everything before it was judged")
                .isPresent();
        assertThat(alerts.since(mark))
                .filteredOn(alert -> !alert.field("proc.cmdline").startsWith("cat /etc/shadow"))
                .isEmpty();
    }
}
