package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.rules.syntax.FieldLookup;
import dev.tiercel.rules.syntax.Parser;
import dev.tiercel.rules.yaml.FieldNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The fields that exceptions may name.
public final class ExceptionFields implements FieldNames {

    private final Map<String, FieldCatalog> sources;
    private final RegularExpressions expressions = new RegularExpressions();

    /// @param sources event sources and their fields
    public ExceptionFields(Map<String, FieldCatalog> sources) {
        this.sources = sources;
    }

    @Override
    public boolean knows(String source) {
        return sources.containsKey(source);
    }

    /// As in Falco: a text with a parenthesis is whatever compiles in front of `exists`.
    @Override
    public boolean isField(String source, LocatedText text) {
        FieldCatalog catalog = catalog(source);
        return text.value().indexOf('(') < 0
                ? FieldLookup.find(catalog, text.value()).isPresent()
                : compiles(
                        catalog,
                        new LocatedText.Builder()
                                .append(text)
                                .append(" exists", text.position(0))
                                .build());
    }

    private boolean compiles(FieldCatalog catalog, LocatedText condition) {
        List<Problem> problems = new ArrayList<>();
        try {
            Resolver.resolve(
                    Parser.parse(condition),
                    condition,
                    new References(catalog),
                    new FieldSlots.Builder(),
                    new Resolver.Shared((use, where) -> undefined(problems, use.name()), expressions, Feeds.NONE),
                    problems::add);
        } catch (SyntaxException e) {
            return false;
        }
        return problems.stream().noneMatch(Problem::isError);
    }

    private static @Nullable Ir undefined(List<Problem> problems, String macro) {
        problems.add(new Problem(Code.LOAD_ERR_VALIDATE, "Undefined macro '" + macro + "' used in filter.", null));
        return null;
    }

    @Override
    public String suggestion(String source, String name) {
        return FieldLookup.suggestion(catalog(source), name);
    }

    private FieldCatalog catalog(String source) {
        return Objects.requireNonNull(sources.get(source));
    }
}
