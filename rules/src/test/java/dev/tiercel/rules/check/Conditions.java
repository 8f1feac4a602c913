package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.engine.SingleCondition;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Parser;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles single conditions for tests, as if they were the only text of a rules file.
public final class Conditions {

    private final FieldSlots.Builder slots = new FieldSlots.Builder();
    private final Set<Problem> problems = new LinkedHashSet<>();
    private @Nullable Ir ir;
    private @Nullable SingleCondition alone;

    private Conditions() {}

    public static LocatedText text(String condition) {
        SourceFile file = new SourceFile("condition", condition);
        LocatedText.Builder text = new LocatedText.Builder();
        for (int i = 0; i < condition.length(); i++) {
            text.append(condition.charAt(i), file, i);
        }
        return text.build();
    }

    public static Ast parse(String condition) throws SyntaxException {
        return Parser.parse(text(condition));
    }

    /// Compiles `condition`; problems with its names and types are in [#problems].
    public static Conditions compile(String condition) throws SyntaxException {
        LocatedText text = text(condition);
        return compile(Parser.parse(text), text);
    }

    /// Compiles the tree of the condition `text`.
    public static Conditions compile(Ast ast, LocatedText text) {
        Conditions compiled = new Conditions();
        compiled.ir = Resolver.resolve(
                ast,
                text,
                new References(FieldCatalog.complete()),
                compiled.slots,
                new Resolver.Shared(
                        (use, where) -> {
                            String message = "filter error: unexpected identifier '" + use.name() + "'";
                            compiled.problems.add(Problem.error(message, where.position(use.at())));
                            return null;
                        },
                        new RegularExpressions(),
                        Feeds.NONE),
                compiled.problems::add);
        return compiled;
    }

    public Set<Problem> problems() {
        return problems;
    }

    public boolean valid() {
        return problems.stream().noneMatch(Problem::isError);
    }

    public Ir ir() {
        Ir compiled = ir;
        if (compiled == null) {
            throw new IllegalStateException("not compiled");
        }
        return compiled;
    }

    public FieldSlots fields() {
        return slots.build();
    }

    /// Whether the condition holds for `event`, without index, sharing or memory.
    public boolean holds(Map<String, ?> event) {
        if (alone == null) {
            alone = new SingleCondition(ir(), fields());
        }
        return alone.holds(new MapRow(fields(), event));
    }

    /// A rules file with one rule of this condition.
    public static RuleFile file(String condition) {
        return new RuleFile("rules.yaml", """
                - rule: the rule
                  desc: a rule
                  condition: >-
                    %s
                  output: it happened (name=%%proc.name)
                  priority: WARNING
                """.formatted(condition));
    }

    public static Compilation compileRules(String... contents) {
        List<RuleFile> files = new java.util.ArrayList<>();
        for (int i = 0; i < contents.length; i++) {
            files.add(new RuleFile(i == 0 ? "rules.yaml" : "rules" + (i + 1) + ".yaml", contents[i]));
        }
        return RuleCompiler.compile(files, CompileOptions.defaults());
    }
}
