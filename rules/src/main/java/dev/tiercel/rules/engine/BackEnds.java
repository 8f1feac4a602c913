package dev.tiercel.rules.engine;

import java.lang.System.Logger.Level;
import java.util.List;

/// Compiles plans with the requested back end, or with closures where code cannot be generated.
///
/// Falling back is never silent: it is logged as a warning and counted (`RuleSet.fallbacks`);
/// `-Ddev.tiercel.rules.fallback=fail` makes it an error, as it is in all tests of this project.
final class BackEnds {

    private static final String FALLBACK = "dev.tiercel.rules.fallback";
    private static final System.Logger LOG = System.getLogger(BackEnds.class.getName());

    private BackEnds() {}

    /// The result of compiling.
    ///
    /// @param fellBack whether closures were used although code was requested
    record Compiled(RuleCode code, boolean fellBack) {}

    static Compiled compile(BackEnd backEnd, List<GroupPlan> plans, Sharing sharing) {
        if (backEnd == BackEnd.CLOSURES || plans.isEmpty()) {
            return new Compiled(closures(plans, sharing), false);
        }
        try {
            return new Compiled(Bytecode.compile(plans, sharing), false);
        } catch (RuntimeException | LinkageError e) {
            if ("fail".equals(System.getProperty(FALLBACK))) {
                throw e;
            }
            LOG.log(
                    Level.WARNING,
                    "code generation failed, using closures, for " + plans.size() + " groups of rules",
                    e);
            return new Compiled(closures(plans, sharing), true);
        }
    }

    private static RuleCode closures(List<GroupPlan> plans, Sharing sharing) {
        Closures closures = new Closures(sharing);
        RuleGroup[] groups =
                plans.stream().map(plan -> RuleGroup.of(plan, closures)).toArray(RuleGroup[]::new);
        return (group, evaluation, candidates, firstOnly, handler) ->
                groups[group].evaluate(evaluation, candidates, firstOnly, handler);
    }
}
