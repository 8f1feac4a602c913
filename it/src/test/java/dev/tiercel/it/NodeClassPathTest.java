package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.tiercel.cli.NodeMain;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A node has what `collect` and `record` need, and nothing else.
class NodeClassPathTest {
    @Test
    void hasNothingOfBrokerStreamsAndRules() {
        assertThat(NodeClassPath.names())
                .noneMatch(name -> name.matches("kafka-(?!clients).*|kafka_.*|scala-.*|rocksdb.*|snakeyaml.*|re2j"))
                .noneMatch(name -> name.matches("tiercel-(broker|rule|fields|detector).*"));
    }

    /// The launcher has `--version` answered with the whole class path.
    @Test
    void hasEveryModuleThatItsCommandsReach() {
        Set<String> reached = reached().stream()
                .map(type -> "tiercel-" + ProductionClasses.module(type))
                .collect(Collectors.toSet());
        assertThat(NodeClassPath.names()).containsAll(reached);
    }

    @Test
    void isEnoughForHelpAndSettings() {
        assertThat(run("record", "--help")).contains("Usage: tiercel record");
        assertThat(run("collect", "--print-config")).contains("collector.ring-bytes");
    }

    private static Set<JavaClass> reached() {
        Set<JavaClass> reached = new HashSet<>();
        Deque<JavaClass> next = new ArrayDeque<>(List.of(ProductionClasses.ALL.get(NodeMain.class)));
        while (!next.isEmpty()) {
            JavaClass type = next.remove();
            if (isOurs(type) && reached.add(type)) {
                type.getDirectDependenciesFromSelf()
                        .forEach(dependency ->
                                next.add(dependency.getTargetClass().getBaseComponentType()));
            }
        }
        return reached;
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith("dev.tiercel")
                && !type.getFullName().equals("dev.tiercel.cli.Version");
    }

    private static String run(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-cp", NodeClassPath.entries(), NodeMain.class.getName()));
        command.addAll(List.of(arguments));
        return Machine.run(command);
    }
}
