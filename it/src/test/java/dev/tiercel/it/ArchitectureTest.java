package dev.tiercel.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.Parameter;
import dev.tiercel.schemas.ParameterType;
import dev.tiercel.schemas.RawText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The module table of ARCHITECTURE.md, as a test: which module may import which, and what of others'.
class ArchitectureTest {
    private static final String OURS = "dev.tiercel.";

    /// Package of a module, and the modules it may import.
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("broker", Set.of()),
            Map.entry("harness", Set.of()),
            Map.entry("testkit", Set.of("broker", "harness")),
            Map.entry("kevent", Set.of()),
            Map.entry("schemas", Set.of()),
            Map.entry("service", Set.of()),
            Map.entry("registry", Set.of("schemas", "service")),
            Map.entry("fields", Set.of("schemas")),
            Map.entry("rules", Set.of("schemas", "fields")),
            Map.entry("correlation", Set.of("schemas", "fields", "rules")),
            Map.entry("ruletools", Set.of("schemas", "fields", "rules", "correlation")),
            Map.entry("collector", Set.of("kevent", "schemas", "service")),
            Map.entry("detector", Set.of("schemas", "service", "fields", "rules", "correlation")),
            Map.entry("enricher", Set.of("schemas", "service")),
            Map.entry("sinks", Set.of("schemas", "service", "fields", "rules")),
            Map.entry(
                    "cli",
                    Set.of(
                            "broker",
                            "kevent",
                            "schemas",
                            "service",
                            "registry",
                            "fields",
                            "rules",
                            "correlation",
                            "ruletools",
                            "collector",
                            "detector",
                            "enricher",
                            "sinks")));

    /// A row of ARCHITECTURE.md's table: module, purpose, imports.
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)/` \\|[^|]*\\| ([^|]*) \\|$", Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");

    private static final Map<String, String> PACKAGE_OF =
            Map.of("detector-streams", "detector", "rule-tools", "ruletools");

    private static final Set<String> THREAD_MAKING = Set.of("<init>", "ofPlatform", "ofVirtual", "startVirtualThread");

    private static final Set<String> THREAD_MAKERS = Set.of(
            "java.util.Timer",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ScheduledThreadPoolExecutor",
            "java.util.concurrent.ThreadPoolExecutor");

    static Set<String> modules() {
        return MAY_IMPORT.keySet();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void importsOnlyTheModulesThatTheTableAllows(String module) {
        String[] allowed = MAY_IMPORT.getOrDefault(module, Set.of()).stream()
                .map(other -> OURS + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(OURS + module + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.tiercel..")
                        .and(resideOutsideOfPackage(OURS + module + ".."))
                        .and(not(resideInAnyPackage(allowed))))
                .check(ProductionClasses.ALL);
    }

    @Test
    void everyModuleIsInTheTable() {
        Set<String> seen = new TreeSet<>();
        ProductionClasses.ALL.forEach(type -> seen.add(ProductionClasses.module(type)));
        assertThat(MAY_IMPORT.keySet()).isEqualTo(seen);
    }

    /// `all` and `anything` are for those at the top: what is below them is in their `pom.xml`.
    @Test
    void theTableInTheDocumentIsThisOne() throws IOException {
        Map<String, Set<String>> written = new TreeMap<>();
        ROW.matcher(Files.readString(Machine.root("ARCHITECTURE.md")))
                .results()
                .forEach(row -> written.put(packageOf(row.group(1)), imports(row.group(2))));

        MAY_IMPORT.forEach((module, imports) -> assertThat(written)
                .as(module)
                .hasEntrySatisfying(
                        module, cell -> assertThat(cell).isEqualTo(cell.contains("all") ? Set.of("all") : imports)));
    }

    private static Set<String> imports(String cell) {
        return NAME.matcher(cell.replaceAll("\\(.*?\\)", ""))
                .results()
                .map(MatchResult::group)
                .map(ArchitectureTest::packageOf)
                .collect(Collectors.toSet());
    }

    private static String packageOf(String module) {
        return PACKAGE_OF.getOrDefault(module, module);
    }

    /// The language knows names and parameters of event types, and what bytes a text stands for; what a record looks
    /// like is known by `fields`.
    @Test
    void rulesKnowEventTypesAndNoRecords() {
        noClasses()
                .that(resideInAPackage("dev.tiercel.rules.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.tiercel.schemas..")
                        .and(not(belongToAnyOf(EventType.class, ParameterType.class, Parameter.class, RawText.class))))
                .check(ProductionClasses.ALL);
    }

    static Stream<String> languageModules() {
        return Stream.of("fields", "rules", "correlation", "ruletools");
    }

    @ParameterizedTest
    @MethodSource("languageModules")
    void theLanguageIsFreeOfKafka(String module) {
        noClasses()
                .that(resideInAPackage(OURS + module + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.kafka.."))
                .check(ProductionClasses.ALL);
    }

    @Test
    void keventsNeedOnlyTheJdk() {
        noClasses()
                .that(resideInAPackage("dev.tiercel.kevent.."))
                .should()
                .dependOnClassesThat(resideOutsideOfPackages("java..", "dev.tiercel.kevent..", "org.jspecify.."))
                .check(ProductionClasses.ALL);
    }

    /// Uncaught exceptions must be reported: all threads are created by Worker and WorkerPool, except in the tests'
    /// broker and in the watchdog of their JVMs.
    @Test
    void onlyServiceCreatesThreads() {
        noClasses()
                .that(resideOutsideOfPackages(
                        "dev.tiercel.service..", "dev.tiercel.testkit..", "dev.tiercel.harness.."))
                .should()
                .accessTargetWhere(describe("a thread is made", ArchitectureTest::makesThread))
                .check(ProductionClasses.ALL);
    }

    /// `extends Thread` is among them: such a class calls Thread's constructor.
    private static boolean makesThread(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        return THREAD_MAKERS.contains(owner)
                || (owner.equals("java.lang.Thread") && THREAD_MAKING.contains(name))
                || (owner.equals("java.util.concurrent.CompletableFuture")
                        && (name.endsWith("Async") || name.equals("delayedExecutor")));
    }
}
