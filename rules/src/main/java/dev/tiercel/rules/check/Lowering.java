package dev.tiercel.rules.check;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.SlotTable;
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

/// Lowers the conditions of the rules of one source, each macro once.
public final class Lowering {

    /// A lowered condition, and everything noticed in it and in the macros it uses.
    public record Lowered(Ir ir, Set<Problem> findings) {}

    private static final int MOST_FINDINGS = 1_000;

    private final MacroTable macros;
    private final References references;
    private final SlotTable slots;
    private final Map<String, Lowered> lowered = new HashMap<>();
    private final Set<String> lowering = new HashSet<>();

    public Lowering(MacroTable macros, References references, SlotTable slots) {
        this.macros = macros;
        this.references = references;
        this.slots = slots;
    }

    /// The condition `ast` of a rule, which stands in `text`.
    public Lowered lower(Ast ast, LocatedText text, ItemName item) {
        return lower(ast, text, item, Integer.MAX_VALUE);
    }

    private Lowered lower(Ast ast, LocatedText text, ItemName item, int visibility) {
        Set<Problem> findings = new LinkedHashSet<>();
        String excess = macros.excess(ast);
        if (!excess.isEmpty()) {
            findings.add(Problem.error(excess, text.place(ast.at())).in(item));
            return new Lowered(Ir.FALSE, findings);
        }
        Ir ir = Resolver.resolve(
                ast,
                text,
                references,
                slots,
                (use, where) -> macro(use, where, visibility, item, findings),
                finding -> add(findings, finding.in(item)));
        return new Lowered(ir, findings);
    }

    private @Nullable Ir macro(Ast.Macro use, LocatedText text, int visibility, ItemName item, Set<Problem> findings) {
        MacroTable.Parsed macro = macros.find(use.name(), visibility);
        if (macro == null) {
            if (!macros.isBroken(use.name())) {
                findings.add(new Problem(
                        Code.LOAD_ERR_VALIDATE,
                        "Undefined macro '" + use.name() + "' used in filter.",
                        text.place(use.at()),
                        macros.suggestion(use.name()),
                        false,
                        item));
            }
            return null;
        }
        Lowered known = lowered.get(use.name());
        if (known == null) {
            if (!lowering.add(use.name())) {
                findings.add(new Problem(
                        Code.LOAD_ERR_VALIDATE,
                        "reference loop in macro '" + use.name() + "'",
                        text.place(use.at()),
                        "",
                        false,
                        item));
                return null;
            }
            known = lower(macro.ast(), macro.text(), macro.item().item(), macro.item().visibility);
            lowering.remove(use.name());
            lowered.put(use.name(), known);
        }
        known.findings().forEach(finding -> add(findings, finding));
        return known.ir();
    }

    /// Adds a finding, or not if there are many: the last to be left out are errors.
    private static void add(Set<Problem> findings, Problem finding) {
        if (findings.size() < (finding.isError() ? 2 * MOST_FINDINGS : MOST_FINDINGS)) {
            findings.add(finding);
        }
    }

    /// Errors among `findings`.
    static List<Problem> errors(Set<Problem> findings) {
        List<Problem> errors = new ArrayList<>();
        findings.stream().filter(Problem::isError).forEach(errors::add);
        return errors;
    }
}
