package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.syscall.EventFixture;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.engine.BackEnd;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.ContainerEncoder;
import dev.tiercel.schemas.EventType;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Evaluating events allocates nothing once their strings are cached.
class SteadyStateTest {

    private static final int BATCHES = 40;
    private static final int EVENTS = 100;
    private static final int PASSES = 10;
    private static final String OFFICIAL = "data/falco-rules/official";

    @ParameterizedTest
    @EnumSource(BackEnd.class)
    void judgingBatchesByOurRulesAllocatesNothing(BackEnd backEnd) {
        judgingAllocatesNothing(backEnd, DefaultRules.files());
    }

    @ParameterizedTest
    @EnumSource(BackEnd.class)
    void judgingBatchesByFalcosRulesAllocatesNothing(BackEnd backEnd) throws IOException {
        List<RuleFile> files = new ArrayList<>();
        for (String name : List.of("falco_rules", "falco-incubating_rules", "falco-sandbox_rules")) {
            files.add(new RuleFile(name, Files.readString(Shared.required(OFFICIAL + "/" + name + ".yaml"))));
        }
        judgingAllocatesNothing(backEnd, files);
    }

    /// Comparisons of two fields, and transformers of one text.
    @ParameterizedTest
    @EnumSource(BackEnd.class)
    void comparingFieldsAllocatesNothing(BackEnd backEnd) {
        List<String> conditions = List.of(
                "proc.name = val(proc.pname)",
                "proc.name != val(proc.pname) and proc.pname = never",
                "proc.name contains val(proc.pname)",
                "proc.name icontains val(proc.pname)",
                "proc.name startswith val(proc.pname)",
                "proc.name endswith val(proc.pname)",
                "proc.name glob val(proc.pname)",
                "proc.name iglob val(proc.pname)",
                "proc.name glob val(fd.name)",
                "proc.name < val(proc.pname) and proc.pname = never",
                "tolower(proc.name) = toupper(proc.pname)",
                "basename(fd.name) = val(proc.name)",
                "basename(proc.exepath) contains val(fd.filename)",
                "b64(proc.name) = val(proc.pname)",
                "len(proc.name) > len(fd.name)",
                "len(proc.name) = len(proc.args)",
                "proc.pid = val(proc.ppid)",
                "proc.pid < val(proc.ppid)",
                "evt.arg.name = val(proc.name)",
                "evt.arg.flags contains val(proc.name)",
                "fd.num > val(evt.rawres)",
                "proc.exepath pmatch (/usr/*/python*, /usr/lib/never)",
                "toupper(proc.name) = NEVER",
                "len(fd.name) = 1000");
        StringBuilder rules = new StringBuilder();
        int number = 0;
        for (String condition : conditions) {
            String rule = "- {rule: r%d, desc: d, output: o, priority: INFO, condition: \"%s\"}%n"
                    .formatted(number++, condition);
            rules.append(rule);
        }
        judgingAllocatesNothing(backEnd, List.of(new RuleFile("pairs.yaml", rules.toString())));
    }

    private static void judgingAllocatesNothing(BackEnd backEnd, List<RuleFile> files) {
        RuleSet rules = RuleCompiler.compile(files, CompileOptions.defaults().withBackEnd(backEnd))
                .ruleSet()
                .orElseThrow();
        Judge judge = new Judge(rules);
        byte[][] records = records();
        for (int pass = 0; pass < PASSES; pass++) {
            judge.all(records);
        }
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            long before = bean.getCurrentThreadAllocatedBytes();
            judge.all(records);
            least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least)
                .as("bytes allocated by %s for %d events", backEnd, BATCHES * EVENTS)
                .isZero();
        assertThat(judge.matches).as("matches").isLessThan(judge.events / 2);
        assertThat(judge.events).isEqualTo(2L * PASSES * BATCHES * EVENTS);
    }

    /// What the detector does with a batch.
    private static final class Judge implements MatchHandler {
        private final BatchCursor cursor = new BatchCursor();
        private final SyscallRow row;
        private final Evaluator evaluator;
        private long events;
        private long matches;

        Judge(RuleSet rules) {
            row = new SyscallRow(rules.slots());
            evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
        }

        void all(byte[][] records) {
            for (byte[] bytes : records) {
                cursor.wrap(bytes);
                row.batch(cursor);
                while (cursor.next()) {
                    row.event();
                    evaluator.evaluate(row, this);
                    events++;
                }
            }
        }

        @Override
        public void onMatch(Rule rule) {
            matches++;
        }
    }

    private static byte[][] records() {
        byte[][] records = new byte[BATCHES][];
        for (int batch = 0; batch < BATCHES; batch++) {
            EventFixture fixture = new EventFixture();
            int bash = fixture.shell();
            int container = fixture.container(new ContainerEncoder()
                    .id("0123456789ab")
                    .fullId("0123456789ab".repeat(5))
                    .runtime("docker")
                    .name("web")
                    .imageRepository("docker.io/library/nginx"));
            int make = fixture.process(
                    bash, EventFixture.named("make", 900 + batch).arguments(List.of("-j", "all", "CFLAGS=-O2")));
            int nginx = fixture.process(
                    bash,
                    bash,
                    -1,
                    container,
                    EventFixture.named("nginx", 2_000 + batch).arguments(List.of("-g", "daemon off;")));
            for (int i = 0; i < EVENTS; i++) {
                event(fixture, i % 2 == 0 ? make : nginx, batch * EVENTS + i);
            }
            records[batch] = fixture.record();
        }
        return records;
    }

    private static void event(EventFixture fixture, int process, int number) {
        switch (number % 8) {
            case 0, 1, 2 -> open(fixture, process, "/usr/lib/file-" + number % 500 + ".so", 1);
            case 3 -> open(fixture, process, "/var/log/nginx/access.log." + number % 50, 2);
            case 4 -> open(fixture, process, "relative/./name" + number % 50, 0x241);
            case 5 -> {
                fixture.event(EventType.CONNECT, process, 0, 3L, "10.0.0.7:40312->10.0.1.9:5432", 3L, "");
                fixture.paths();
                fixture.socket(3, 2, 1, List.of("10.0.0.7", 40_312), List.of("10.0.1." + number % 200, 5_432), false);
            }
            case 6 -> {
                String path = "/tmp/file-" + number % 100;
                fixture.event(EventType.UNLINKAT, process, 0, 0L, -100L, path, 0L);
                fixture.paths(path);
                fixture.noDescriptor();
            }
            default -> {
                fixture.event(EventType.DUP2, process, 1, 1L, 5L, 1L);
                fixture.paths();
                fixture.file(1, 1, "/dev/null", 0);
            }
        }
    }

    private static void open(EventFixture fixture, int process, String path, long flags) {
        fixture.event(EventType.OPENAT, process, 3, 3L, -100L, path, flags, 0L, 0x801L, 4_242L);
        fixture.paths(path.startsWith("/") ? path : "/srv/relative/" + path);
        fixture.file(3, 1, path.startsWith("/") ? path : "/srv/relative/" + path, 0);
    }
}
