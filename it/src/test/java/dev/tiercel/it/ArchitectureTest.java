package dev.tiercel.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.Parameter;
import dev.tiercel.schemas.ParameterType;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The module table of ARCHITECTURE.md, as a test: who may import whom, of ours and of others'.
class ArchitectureTest {
    private static final String OURS = "dev.tiercel.";

    /// Package of a module, and the modules of ours that it may import.
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("kevent", Set.of()),
            Map.entry("schemas", Set.of()),
            Map.entry("service", Set.of()),
            Map.entry("broker", Set.of()),
            Map.entry("rules", Set.of("schemas")),
            Map.entry("collector", Set.of("kevent", "schemas", "service")),
            Map.entry("detector", Set.of("rules", "schemas", "service")),
            Map.entry("sinks", Set.of("schemas", "service")),
            Map.entry(
                    "cli", Set.of("kevent", "schemas", "service", "broker", "rules", "collector", "detector", "sinks")),
            Map.entry("harness", Set.of()),
            Map.entry("testkit", Set.of("harness", "broker")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tiercel");

    static Set<String> modules() {
        return MAY_IMPORT.keySet();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void importsOfOursOnlyWhatTheTableAllows(String module) {
        String[] allowed = MAY_IMPORT.getOrDefault(module, Set.of()).stream()
                .map(other -> OURS + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(OURS + module + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.tiercel..")
                        .and(resideOutsideOfPackage(OURS + module + ".."))
                        .and(not(resideInAnyPackage(allowed))))
                .check(CLASSES);
    }

    /// The language knows the names and parameters of event types; what a record looks like only `rules.field` knows.
    @Test
    void onlyFieldsOfTheRulesKnowRecords() {
        noClasses()
                .that(resideInAPackage("dev.tiercel.rules..").and(resideOutsideOfPackage("dev.tiercel.rules.field..")))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.tiercel.schemas..")
                        .and(not(belongToAnyOf(EventType.class, ParameterType.class, Parameter.class))))
                .check(CLASSES);
    }

    @Test
    void rulesAreFreeOfKafka() {
        noClasses()
                .that(resideInAPackage("dev.tiercel.rules.."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.kafka.."))
                .check(CLASSES);
    }

    @Test
    void keventsNeedOnlyTheJdk() {
        noClasses()
                .that(resideInAPackage("dev.tiercel.kevent.."))
                .should()
                .dependOnClassesThat(resideOutsideOfPackage("java..")
                        .and(resideOutsideOfPackage("dev.tiercel.kevent.."))
                        .and(resideOutsideOfPackage("org.jspecify..")))
                .check(CLASSES);
    }

    @Test
    void everyModuleIsInTheTable() {
        Set<String> seen = new TreeSet<>();
        CLASSES.forEach(type -> seen.add(type.getPackageName().split("\\.", -1)[2]));
        assertThat(MAY_IMPORT.keySet()).containsAll(seen);
    }
}
