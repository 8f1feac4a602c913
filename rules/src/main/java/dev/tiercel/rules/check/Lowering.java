package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.syntax.Ast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lowers the conditions of the rules of one event source; each macro is lowered once.
final class Lowering {

    /// A lowered condition, and the problems in it and the macros it uses.
    record Lowered(Ir ir, Set<Problem> problems) {}

    private static final int MOST_PROBLEMS = 1_000;

    private final MacroTable macros;
    private final RegularExpressions expressions;
    private final Feeds feeds;
    private final References references;
    private final FieldSlots.Builder slots;
    private final Map<String, Lowered> lowered = new HashMap<>();
    private final Set<String> lowering = new HashSet<>();

    Lowering(
            MacroTable macros,
            RegularExpressions expressions,
            Feeds feeds,
            References references,
            FieldSlots.Builder slots) {
        this.macros = macros;
        this.expressions = expressions;
        this.feeds = feeds;
        this.references = references;
        this.slots = slots;
    }

    /// Lowers the condition `ast` of a rule, whose text is `text`.
    Lowered lower(Ast ast, LocatedText text, ItemName item) {
        return lower(ast, text, item, Integer.MAX_VALUE);
    }

    private Lowered lower(Ast ast, LocatedText text, ItemName item, int visibility) {
        Set<Problem> problems = new LinkedHashSet<>();
        String excess = macros.excess(ast);
        if (!excess.isEmpty()) {
            problems.add(Problem.error(excess, text.position(ast.at())).in(item));
            return new Lowered(Ir.Constant.FALSE, problems);
        }
        Ir ir = Resolver.resolve(
                ast,
                text,
                references,
                slots,
                new Resolver.Shared((use, where) -> macro(use, where, visibility, item, problems), expressions, feeds),
                problem -> add(problems, problem.in(item)));
        return new Lowered(ir, problems);
    }

    private @Nullable Ir macro(Ast.Macro use, LocatedText text, int visibility, ItemName item, Set<Problem> problems) {
        MacroTable.Parsed macro = macros.find(use.name(), visibility);
        if (macro == null) {
            if (!macros.isBroken(use.name())) {
                problems.add(new Problem(
                        Code.LOAD_ERR_VALIDATE,
                        "Undefined macro '" + use.name() + "' used in filter.",
                        text.position(use.at()),
                        macros.suggestion(use.name()),
                        false,
                        item));
            }
            return null;
        }
        Lowered known = lowered.get(use.name());
        if (known == null) {
            if (!lowering.add(use.name())) {
                problems.add(new Problem(
                        Code.LOAD_ERR_VALIDATE,
                        "reference loop in macro '" + use.name() + "'",
                        text.position(use.at()),
                        "",
                        false,
                        item));
                return null;
            }
            known = lower(macro.ast(), macro.text(), macro.item().item(), macro.item().visibility);
            lowering.remove(use.name());
            lowered.put(use.name(), known);
        }
        known.problems().forEach(problem -> add(problems, problem.usedAt(text.position(use.at()))));
        return known.ir();
    }

    /// Adds a problem unless there are many; errors are the last to be dropped.
    private static void add(Set<Problem> problems, Problem problem) {
        if (problems.size() < (problem.isError() ? 2 * MOST_PROBLEMS : MOST_PROBLEMS)) {
            problems.add(problem);
        }
    }

    /// Errors among `problems`.
    static List<Problem> errors(Set<Problem> problems) {
        List<Problem> errors = new ArrayList<>();
        problems.stream().filter(Problem::isError).forEach(errors::add);
        return errors;
    }
}
