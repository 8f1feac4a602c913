package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a reader of one module has to know of the others: names, and how many types are public.
class SurfaceTest {
    /// Shares of top-level types outside `schemas`, in per cent: public ones, and those that another module uses. A
    /// type that only another package of its module uses must be public too. Lower both when they fall.
    private static final double PUBLIC_AT_MOST = 47.5;

    private static final double USED_AT_MOST = 26;

    /// What applications may use of the stages of `rules`, beside all of its root package: rules, their outputs, the
    /// plans of correlations, whose conditions the engine of correlations compiles, and what a file of another kind
    /// that has conditions in it needs.
    private static final Set<String> EXPORTED = Set.of(
            "correlation.Correlation",
            "correlation.CorrelationStep",
            "correlation.CorrelationType",
            "correlation.EvidenceFields",
            "correlation.Feed",
            "correlation.Suppression",
            "correlation.Threshold",
            "engine.Evaluator",
            "engine.MatchHandler",
            "engine.RowCondition",
            "engine.Rule",
            "ir.Ir",
            "ir.ValueExpression",
            "output.ExtraOutput",
            "output.Output",
            "output.OutputField",
            "output.OutputFormat",
            "source.Code",
            "source.ItemName",
            "source.LocatedText",
            "source.ProblemException",
            "source.Problems",
            "source.Severity",
            "source.SourceFile",
            "source.SourcePosition",
            "source.Suggestion",
            "syntax.FieldScope",
            "yaml.Capture",
            "yaml.Priority",
            "yaml.Yaml");

    @Test
    void aSimpleNameExistsOnce() {
        assertThat(ProductionClasses.written().stream()
                        .collect(Collectors.groupingBy(JavaClass::getSimpleName))
                        .values())
                .filteredOn(same -> same.size() > 1)
                .isEmpty();
    }

    @Test
    void onlyRuleToolsKnowTheStagesOfRules() {
        Set<String> used = new TreeSet<>();
        ProductionClasses.ALL.stream()
                .filter(type -> !Set.of("rules", "ruletools").contains(ProductionClasses.module(type)))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(SurfaceTest::isOfAStage)
                .forEach(type -> used.add(ProductionClasses.folder(type) + "." + topLevelName(type)));
        assertThat(used).isEqualTo(new TreeSet<>(EXPORTED));
    }

    private static boolean isOfAStage(JavaClass type) {
        return ProductionClasses.isOurs(type)
                && ProductionClasses.module(type).equals("rules")
                && !ProductionClasses.folder(type).isEmpty();
    }

    private static String topLevelName(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).replaceAll("\\$.*", "");
    }

    /// Prints the shares of all modules, so that a build's log shows where a surface grows.
    @Test
    void fewTypesArePublic() {
        assertThat(printShares("public", ProductionClasses::isPublic)).isLessThanOrEqualTo(PUBLIC_AT_MOST);
        assertThat(printShares("used by other modules", SurfaceTest::isUsedByAnotherModule))
                .isLessThanOrEqualTo(USED_AT_MOST);
    }

    private static boolean isUsedByAnotherModule(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .anyMatch(
                        use -> !ProductionClasses.module(use.getOriginClass()).equals(ProductionClasses.module(type)));
    }

    private static double printShares(String name, Predicate<JavaClass> counted) {
        List<JavaClass> all = ProductionClasses.written().stream()
                .filter(type -> !ProductionClasses.module(type).equals("schemas"))
                .toList();
        all.stream()
                .collect(Collectors.groupingBy(ProductionClasses::module, TreeMap::new, share(counted)))
                .forEach((module, share) -> System.out.printf("types %s: %s %.1f %%%n", name, module, share));
        double share = all.stream().collect(share(counted));
        System.out.printf("types %s: all but schemas %.1f %% of %d%n", name, share, all.size());
        return share;
    }

    private static Collector<JavaClass, ?, Double> share(Predicate<JavaClass> counted) {
        return Collectors.averagingDouble(type -> counted.test(type) ? 100 : 0);
    }
}
