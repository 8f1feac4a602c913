package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.rules.yaml.ExceptionItem.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Checks the exceptions of rules and appends them to conditions.
final class Exceptions {

    private static final String NOT_ONE_OF =
            "When fields is a single value, comps must be one of (in, pmatch, intersects)";

    private static final LocatedText NONE = new LocatedText.Builder().build();

    private final FieldNames names;

    Exceptions(FieldNames names) {
        this.names = names;
    }

    /// Whether `source` is a known event source.
    boolean knows(String source) {
        return names.knows(source);
    }

    /// Checks an exception that `rule` defines, and fills in the default of `comps`.
    void checkDefinition(RuleItem rule, ExceptionItem exception) throws ProblemException {
        if (exception.fields == null) {
            throw invalid("Rule exception item must have fields property with a list of fields", exception);
        }
        check(rule, exception, exception.fields);
    }

    /// Appends values to an exception of `rule`, or adds a new exception.
    void append(RuleItem rule, ExceptionItem exception) throws ProblemException {
        for (ExceptionItem existing : rule.exceptions) {
            if (existing.name.equals(exception.name)) {
                if (exception.fields != null) {
                    throw invalid("Can not append exception fields to existing exception, only values", exception);
                }
                if (exception.comps != null) {
                    throw invalid("Can not append exception comps to existing exception, only values", exception);
                }
                existing.values.addAll(exception.values);
                return;
            }
        }
        if (exception.fields == null) {
            throw invalid("Rule exception must have fields property with a list of fields", exception);
        }
        if (exception.values.isEmpty()) {
            throw invalid("Rule exception must have values property with a list of values", exception);
        }
        check(rule, exception, exception.fields);
        rule.exceptions.add(exception);
    }

    private void check(RuleItem rule, ExceptionItem exception, Entry fields) throws ProblemException {
        switch (fields) {
            case Entry.One one -> {
                checkSingle(exception);
                checkField(rule, exception, one);
            }
            case Entry.Many many -> {
                checkComps(exception, many);
                if (!rule.skipIfUnknownFilter) {
                    for (Entry field : many.entries()) {
                        checkField(rule, exception, field);
                    }
                }
            }
        }
    }

    private static void checkSingle(ExceptionItem exception) throws ProblemException {
        if (exception.comps == null) {
            exception.comps = new Entry.One(LocatedText.at(exception.position, "in"));
        }
        if (!(exception.comps instanceof Entry.One comp)) {
            throw invalid("Fields and comps must both be strings", exception);
        }
        if (!Operator.named(comp.text().value())
                .map(Operator.Modified::takesList)
                .orElse(false)) {
            throw invalid(NOT_ONE_OF, exception);
        }
    }

    private static void checkComps(ExceptionItem exception, Entry.Many fields) throws ProblemException {
        if (exception.comps == null) {
            List<Entry> equal = new ArrayList<>();
            fields.entries().forEach(field -> equal.add(new Entry.One(LocatedText.at(exception.position, "="))));
            exception.comps = new Entry.Many(equal);
        }
        if (!(exception.comps instanceof Entry.Many comps) || comps.size() != fields.size()) {
            throw invalid("Fields and comps lists must have equal length", exception);
        }
        for (Entry comp : comps.entries()) {
            String text = text(comp).value();
            if (Operator.named(text).isEmpty()) {
                throw new ProblemException(
                        Code.LOAD_ERR_VALIDATE,
                        "'" + text + "' is not a supported comparison operator",
                        exception.position,
                        Suggestion.of(text, Operator.texts()));
            }
        }
    }

    private void checkField(RuleItem rule, ExceptionItem exception, Entry field) throws ProblemException {
        LocatedText text = text(field);
        if (!names.knows(rule.source) || rule.skipIfUnknownFilter || names.isField(rule.source, text)) {
            return;
        }
        throw new ProblemException(
                Code.LOAD_ERR_VALIDATE,
                "'" + text.value() + "' is not a supported filter field",
                exception.position,
                names.suggestion(rule.source, text.value()));
    }

    /// A part of a correlation's key by its whole name: conditions name nothing without a dot.
    private static LocatedText named(RuleItem rule, LocatedText field) {
        boolean part =
                rule.correlation.groupBy.stream().anyMatch(key -> key.value().equals(field.value()));
        return part && field.value().indexOf('.') < 0
                ? new LocatedText.Builder()
                        .append(CorrelationItem.KEY, field.position(0))
                        .append(field)
                        .build()
                : field;
    }

    /// The text of a single value; of a list none, as in Falco.
    private static LocatedText text(Entry entry) {
        return entry instanceof Entry.One one ? one.text() : NONE;
    }

    /// The condition of `rule` followed by `and not` each of its exceptions, of a correlation only those; invalid ones
    /// are reported.
    static LocatedText condition(RuleItem rule, Problems problems) {
        if (rule.exceptions.isEmpty()) {
            return rule.condition;
        }
        LocatedText.Builder condition = new LocatedText.Builder();
        SourcePosition start = rule.hasCondition() ? rule.condition.position(0) : rule.position;
        if (rule.kind != ItemKind.CORRELATION) {
            condition.append("(", start).append(rule.condition).append(")", start);
        }
        for (ExceptionItem exception : rule.exceptions) {
            try {
                LocatedText negated = negated(rule, exception);
                boolean joined = condition.length() > 0 && negated.length() > 0;
                condition.append(joined ? " and " : "", exception.position).append(negated);
            } catch (ProblemException problem) {
                rule.refused = true;
                problems.add(problem, rule.item());
            }
        }
        return condition.build();
    }

    private static LocatedText negated(RuleItem rule, ExceptionItem exception) throws ProblemException {
        LocatedText.Builder condition = new LocatedText.Builder();
        if (exception.values.isEmpty()) {
            return condition.build();
        }
        condition.append("not (", exception.position);
        if (exception.fields instanceof Entry.Many && exception.comps instanceof Entry.Many comps) {
            appendTuples(condition, rule, exception, comps);
        } else if (exception.fields instanceof Entry.One field && exception.comps instanceof Entry.One comp) {
            appendFlat(condition, named(rule, field.text()), exception, comp);
        }
        return condition.append(")", exception.position).build();
    }

    private static void appendFlat(
            LocatedText.Builder condition, LocatedText field, ExceptionItem exception, Entry.One comp)
            throws ProblemException {
        SourcePosition position = exception.position;
        condition.append(field).append(" ", position).append(comp.text()).append(" (", position);
        String separator = "";
        for (Entry value : exception.values) {
            if (!(value instanceof Entry.One one)) {
                throw invalid("Expected values array to contain a list of strings", exception);
            }
            condition.append(separator, position);
            condition.appendQuoted(one.text());
            separator = ", ";
        }
        condition.append(")", position);
    }

    private static void appendTuples(
            LocatedText.Builder condition, RuleItem rule, ExceptionItem exception, Entry.Many comps)
            throws ProblemException {
        Entry.Many fields = (Entry.Many) Objects.requireNonNull(exception.fields);
        String separator = "(";
        for (Entry value : exception.values) {
            if (!(value instanceof Entry.Many tuple) || tuple.size() != fields.size()) {
                throw invalid("Fields and values lists must have equal length", exception);
            }
            condition.append(separator, exception.position);
            for (int i = 0; i < fields.size(); i++) {
                condition
                        .append(i == 0 ? "" : " and ", exception.position)
                        .append(named(rule, text(fields.entries().get(i))))
                        .append(" ", exception.position)
                        .append(text(comps.entries().get(i)))
                        .append(" ", exception.position);
                appendValue(
                        condition,
                        exception,
                        comps.entries().get(i),
                        tuple.entries().get(i));
            }
            separator = ") or (";
        }
        condition.append(")", exception.position);
    }

    private static void appendValue(LocatedText.Builder condition, ExceptionItem exception, Entry comp, Entry value) {
        switch (value) {
            case Entry.Many many -> {
                condition.append("(", exception.position);
                int begin = condition.length();
                for (Entry entry : many.entries()) {
                    condition.append(condition.length() == begin ? "" : ", ", exception.position);
                    condition.appendQuoted(text(entry));
                }
                condition.append(")", exception.position);
            }
            case Entry.One one -> {
                boolean takesList = Operator.named(text(comp).value())
                        .map(Operator.Modified::takesList)
                        .orElse(false);
                if (takesList && !one.text().value().startsWith("(")) {
                    condition.append("(", exception.position).append(one.text()).append(")", exception.position);
                } else if (takesList) {
                    condition.append(one.text());
                } else {
                    condition.appendQuoted(one.text());
                }
            }
        }
    }

    private static ProblemException invalid(String message, ExceptionItem exception) {
        return new ProblemException(Code.LOAD_ERR_VALIDATE, message, exception.position);
    }
}
