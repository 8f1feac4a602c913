package dev.tiercel.rules;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The macros, parsed once; who may use which.
final class MacroTable {

    /// A macro that parsed.
    record Parsed(MacroItem item, Text text, Ast ast) {}

    private final Definitions definitions;
    private final Map<String, Parsed> parsed = new LinkedHashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private MacroTable(Definitions definitions) {
        this.definitions = definitions;
    }

    /// Parses all macros of `definitions`.
    static MacroTable parse(Definitions definitions, ListExpansion lists, Problems problems) {
        MacroTable table = new MacroTable(definitions);
        for (MacroItem macro : definitions.macros()) {
            try {
                Text text = lists.expand(macro.condition);
                table.parsed.put(macro.name, new Parsed(macro, text, ConditionText.parse(text)));
            } catch (RuleProblem problem) {
                definitions.broken(macro.name);
                problems.add(problem.code(), problem.message(), problem.place(), macro.item(), problem.hint());
            }
        }
        return table;
    }

    /// The macro called `name`, if it parsed and one of `visibility` may use it.
    @Nullable
    Parsed find(String name, int visibility) {
        Parsed macro = parsed.get(name);
        if (macro == null || macro.item().index >= visibility) {
            return null;
        }
        used.add(name);
        return macro;
    }

    boolean isUsed(MacroItem macro) {
        return used.contains(macro.name);
    }

    /// Whether the macro was refused, with a diagnostic of its own.
    boolean isBroken(String name) {
        return definitions.isBroken(name);
    }

    String suggestion(String name) {
        return Suggestion.of(name, definitions.macroNames());
    }

    /// Nodes of `ast` after macros are expanded, or some number above the limit.
    long size(Ast ast) {
        return switch (ast) {
            case Ast.And(var terms, int at) -> sum(terms);
            case Ast.Or(var terms, int at) -> sum(terms);
            case Ast.Not(Ast term, int at) -> 1 + size(term);
            case Ast.Macro(String name, int at) -> macroSize(name);
            case Ast.Exists exists -> 1;
            case Ast.Check(var left, var operator, var modifier, Ast.Operand right, int at) ->
                right instanceof Ast.Values(var operands, int start) ? 1 + operands.size() / 8 : 1;
        };
    }

    private long sum(Iterable<Ast> terms) {
        long sum = 1;
        for (Ast term : terms) {
            sum = Math.min(sum + size(term), Integer.MAX_VALUE);
        }
        return sum;
    }

    private long macroSize(String name) {
        Long known = sizes.get(name);
        if (known != null) {
            return known;
        }
        Parsed macro = parsed.get(name);
        sizes.put(name, 1L);
        long size = macro == null ? 1 : size(macro.ast());
        sizes.put(name, size);
        return size;
    }

    /// The tree of `name` for printing, or null.
    @Nullable
    Ast expansion(String name) {
        Parsed macro = parsed.get(name);
        return macro == null ? null : macro.ast();
    }
}
