package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The packages inside each module: a package may import only those before it in its list.
class PackageOrderTest {
    /// The module's own package.
    private static final String ROOT = "";

    private static final int MOST_TYPES = 40;

    /// Larger than [#MOST_TYPES] so far, and at most this large.
    private static final Map<String, Integer> LARGE = Map.of("dev.tiercel.schemas", 44);

    /// Package of a module to its packages, the lowest first. A module that is missing here has a single package.
    private static final Map<String, List<String>> ORDER = Map.of(
            "broker", List.of("recovery", ROOT),
            "fields", List.of(ROOT, "kubernetes", "syscall", "json", "document"),
            "rules",
                    List.of(
                            "source",
                            "syntax",
                            "yaml",
                            "ir",
                            "match",
                            "check",
                            "output",
                            "correlation",
                            "engine",
                            ROOT),
            "correlation", List.of("state", "match", "types", ROOT),
            "detector", List.of("publication", "correlate", "cluster", "continuity", "execs", "metadata", ROOT),
            "ruletools", List.of("format", "testing", ROOT),
            "collector",
                    List.of(
                            "cloud",
                            "files",
                            "container",
                            "node",
                            "batch",
                            "translate",
                            "store",
                            "publish",
                            "capture",
                            ROOT),
            "sinks", List.of("yaml", "alert", "receiver", "plan", "route", "delivery", ROOT),
            "enricher",
                    List.of(
                            "source",
                            "http",
                            "files",
                            "feeds",
                            "kubernetes",
                            "k8saudit",
                            "cloudtrail",
                            "okta",
                            "github",
                            "gcp",
                            "json",
                            "pubsub",
                            "topic",
                            ROOT),
            "cli",
                    List.of(
                            "memory",
                            "output",
                            "settings",
                            "access",
                            "topics",
                            "rules",
                            "sinks",
                            "tail",
                            "demo",
                            "state",
                            "up",
                            ROOT));

    static Set<String> modules() {
        return ProductionClasses.written().stream()
                .map(ProductionClasses::module)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> order(String module) {
        return ORDER.getOrDefault(module, List.of(ROOT));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void listsEveryPackage(String module) {
        Set<String> packages = ProductionClasses.written().stream()
                .filter(type -> ProductionClasses.module(type).equals(module))
                .map(ProductionClasses::folder)
                .collect(Collectors.toSet());
        assertThat(order(module)).containsExactlyInAnyOrderElementsOf(packages);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void importsOnlyPackagesBelow(String module) {
        assertThat(ProductionClasses.ALL.stream()
                        .filter(type -> ProductionClasses.module(type).equals(module))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(PackageOrderTest::pointsUp)
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    private static boolean pointsUp(Dependency dependency) {
        JavaClass from = dependency.getOriginClass();
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (!ProductionClasses.isOurs(to) || !ProductionClasses.module(to).equals(ProductionClasses.module(from))) {
            return false;
        }
        List<String> order = order(ProductionClasses.module(from));
        return order.indexOf(ProductionClasses.folder(to)) > order.indexOf(ProductionClasses.folder(from));
    }

    @Test
    void packagesFitOnOneScreen() {
        ProductionClasses.written().stream()
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()))
                .forEach((name, types) ->
                        assertThat(types).as(name).isLessThanOrEqualTo(LARGE.getOrDefault(name, MOST_TYPES)));
    }
}
