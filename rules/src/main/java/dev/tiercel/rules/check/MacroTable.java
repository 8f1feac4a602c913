package dev.tiercel.rules.check;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Parser;
import dev.tiercel.rules.yaml.Definitions;
import dev.tiercel.rules.yaml.MacroItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The macros, parsed once, with their visibility.
final class MacroTable {

    /// A parsed macro.
    record Parsed(MacroItem item, LocatedText text, Ast ast) {}

    private final Definitions definitions;
    private final Map<String, Parsed> parsed = new LinkedHashMap<>();
    private final Map<String, Extent> extents = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private long spent;

    /// The size of a macro with its macros expanded.
    private record Extent(long size, int depth) {}

    private MacroTable(Definitions definitions) {
        this.definitions = definitions;
    }

    /// Parses all macros of `definitions`.
    static MacroTable parse(Definitions definitions, ListExpansion lists, Problems problems) {
        MacroTable table = new MacroTable(definitions);
        for (MacroItem macro : definitions.macros()) {
            try {
                LocatedText text = lists.expand(macro.condition);
                table.parsed.put(macro.name, new Parsed(macro, text, Parser.condition(text, macro.position)));
            } catch (ProblemException problem) {
                definitions.broken(macro.item());
                problems.add(problem, macro.item());
            }
        }
        return table;
    }

    /// Reports macros that use one defined later, or themselves through others, whether or not a rule uses them.
    void reportMisuse(Problems problems) {
        Map<String, Set<String>> visible = new LinkedHashMap<>();
        for (Parsed macro : parsed.values()) {
            Set<String> names = visible.computeIfAbsent(macro.item().name, absent -> new LinkedHashSet<>());
            for (Ast.Macro use : uses(macro)) {
                if (find(use.name(), macro.item().visibility) != null) {
                    names.add(use.name());
                } else if (!isBroken(use.name())) {
                    report(
                            "Undefined macro '" + use.name() + "' used in filter.",
                            macro,
                            use,
                            suggestion(use.name()),
                            problems);
                }
            }
        }
        Set<String> looped = MacroLoops.among(visible);
        for (Parsed macro : parsed.values()) {
            for (Ast.Macro use : uses(macro)) {
                String name = macro.item().name;
                boolean seen = visible.getOrDefault(name, Set.of()).contains(use.name());
                if (seen && looped.contains(name) && looped.contains(use.name())) {
                    report("reference loop in macro '" + use.name() + "'", macro, use, "", problems);
                }
            }
        }
    }

    private static void report(String message, Parsed macro, Ast.Macro use, String hint, Problems problems) {
        SourcePosition position = macro.text().position(use.at());
        problems.add(Code.LOAD_ERR_VALIDATE, message, position, macro.item().item(), hint);
    }

    private static List<Ast.Macro> uses(Parsed macro) {
        List<Ast.Macro> uses = new ArrayList<>();
        addUses(macro.ast(), uses);
        return uses;
    }

    private static void addUses(Ast ast, List<Ast.Macro> uses) {
        switch (ast) {
            case Ast.And(var terms, int at) -> terms.forEach(term -> addUses(term, uses));
            case Ast.Or(var terms, int at) -> terms.forEach(term -> addUses(term, uses));
            case Ast.Not(Ast term, int at) -> addUses(term, uses);
            case Ast.Macro macro -> uses.add(macro);
            case Ast.Exists exists -> {}
            case Ast.Check check -> {}
        }
    }

    /// The macro called `name`; null if it did not parse or is not visible to an item of `visibility`.
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

    /// Whether the macro was rejected, with a diagnostic of its own.
    boolean isBroken(String name) {
        return definitions.isBroken(new ItemName("macro", name));
    }

    /// A hint for a macro that is not visible.
    String suggestion(String name) {
        return definitions.macroNames().contains(name)
                ? "'" + name + "' is defined or changed further on, and seen only after that"
                : Suggestion.of(name, definitions.macroNames());
    }

    /// Why an expression is too large; empty: it is not.
    String excess(Ast ast) {
        try {
            return size(ast, 1) <= Limits.EXPRESSION_NODES
                    ? ""
                    : "condition has more than " + Limits.EXPRESSION_NODES + " parts after its macros are expanded";
        } catch (TooDeep e) {
            return "condition has more than " + Limits.EXPRESSION_DEPTH + " levels after its macros are expanded";
        }
    }

    /// Adds the expression of a rule to the total; returns whether the total is too large.
    boolean spend(Ast ast) {
        try {
            long size = size(ast, 1);
            spent += size <= Limits.EXPRESSION_NODES ? size : 0;
        } catch (TooDeep e) {
            // Rejected by itself.
        }
        return spent > Limits.ALL_EXPRESSION_NODES;
    }

    /// Ends a recursion before it overflows the stack.
    private static final class TooDeep extends Exception {
        private static final long serialVersionUID = 1;

        TooDeep() {
            super(null, null, false, false);
        }
    }

    /// Number of nodes of `ast` with macros expanded, or some number above the limit.
    private long size(Ast ast, int level) throws TooDeep {
        if (level > Limits.EXPRESSION_DEPTH) {
            throw new TooDeep();
        }
        return switch (ast) {
            case Ast.And(var terms, int at) -> sum(terms, level);
            case Ast.Or(var terms, int at) -> sum(terms, level);
            case Ast.Not(Ast term, int at) -> 1 + size(term, level + 1);
            case Ast.Macro(String name, int at) -> macroSize(name, level);
            case Ast.Exists exists -> 1;
            case Ast.Check(var left, var operator, var symbol, var modifier, Ast.Operand right, int at) ->
                right instanceof Ast.Values(var operands, int start) ? 1 + operands.size() / 8 : 1;
        };
    }

    private long sum(Iterable<Ast> terms, int level) throws TooDeep {
        long sum = 1;
        for (Ast term : terms) {
            sum = Math.min(sum + size(term, level + 1), Integer.MAX_VALUE);
        }
        return sum;
    }

    private long macroSize(String name, int level) throws TooDeep {
        Extent known = extents.get(name);
        if (known != null && level + known.depth() > Limits.EXPRESSION_DEPTH) {
            throw new TooDeep();
        }
        if (known != null) {
            return known.size();
        }
        Parsed macro = parsed.get(name);
        if (macro == null) {
            return 1;
        }
        extents.put(name, new Extent(1, 0)); // in case it uses itself
        try {
            long size = size(macro.ast(), level + 1);
            extents.put(name, new Extent(size, depth(macro.ast())));
            return size;
        } catch (TooDeep e) {
            extents.remove(name);
            throw e;
        }
    }

    /// Depth of a tree all of whose macros have been measured.
    private int depth(Ast ast) {
        return switch (ast) {
            case Ast.And(var terms, int at) -> 1 + deepest(terms);
            case Ast.Or(var terms, int at) -> 1 + deepest(terms);
            case Ast.Not(Ast term, int at) -> 1 + depth(term);
            case Ast.Macro(String name, int at) ->
                1 + extents.getOrDefault(name, new Extent(1, 0)).depth();
            case Ast.Exists exists -> 0;
            case Ast.Check check -> 0;
        };
    }

    private int deepest(Iterable<Ast> terms) {
        int deepest = 0;
        for (Ast term : terms) {
            deepest = Math.max(deepest, depth(term));
        }
        return deepest;
    }

    /// `ast` with its macros expanded; a recursive use stays a name.
    Ast expanded(Ast ast) {
        return expanded(ast, new HashSet<>());
    }

    private Ast expanded(Ast ast, Set<String> within) {
        return switch (ast) {
            case Ast.And(var terms, int at) ->
                new Ast.And(terms.stream().map(term -> expanded(term, within)).toList(), at);
            case Ast.Or(var terms, int at) ->
                new Ast.Or(terms.stream().map(term -> expanded(term, within)).toList(), at);
            case Ast.Not(Ast term, int at) -> new Ast.Not(expanded(term, within), at);
            case Ast.Macro macro -> {
                Ast expansion = within.add(macro.name()) ? expansion(macro.name()) : null;
                if (expansion == null) {
                    yield macro;
                }
                Ast expanded = expanded(expansion, within);
                within.remove(macro.name());
                yield expanded;
            }
            case Ast.Exists exists -> exists;
            case Ast.Check check -> check;
        };
    }

    /// The tree of macro `name`; null: none.
    @Nullable
    Ast expansion(String name) {
        Parsed macro = parsed.get(name);
        return macro == null ? null : macro.ast();
    }
}
