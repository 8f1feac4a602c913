package dev.tiercel.rules.correlation;

import com.google.re2j.Pattern;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.rules.yaml.CorrelationItem;
import dev.tiercel.rules.yaml.Definitions;
import dev.tiercel.rules.yaml.ItemKind;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the rules of steps, and checks the names of steps.
final class StepResolver {

    private static final Pattern ID = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,63}");

    private final Definitions definitions;
    private final Map<String, FieldCatalog> sources;
    private final Map<String, CheckedCorrelation> checked;
    private final Problems problems;
    /// What fields begin with: a step of such a name would hide them.
    private final Set<String> taken = new HashSet<>(Set.of("key", "correlation", "static", "until"));

    /// @param checked correlations by name, as they become known
    StepResolver(
            Definitions definitions,
            Map<String, FieldCatalog> sources,
            Map<String, CheckedCorrelation> checked,
            Problems problems) {
        this.definitions = definitions;
        this.problems = problems;
        this.sources = sources;
        this.checked = checked;
        for (FieldCatalog catalog : sources.values()) {
            for (FieldDefinition field : catalog.all()) {
                taken.add(field.name().substring(0, Math.max(0, field.name().indexOf('.'))));
            }
        }
    }

    /// The steps of `item`, its `until` last; null: the rule of one was rejected, which was reported.
    ///
    /// @throws ProblemException if a name is invalid, the rule of one does not exist, or is skipped: then a warning
    @Nullable
    List<SourceStep> resolve(RuleItem item) throws ProblemException {
        Set<String> ids = new HashSet<>();
        for (CorrelationItem.Step step : item.correlation.steps) {
            checkId(step.id(), ids);
        }
        List<SourceStep> steps = new ArrayList<>();
        for (CorrelationItem.Step step : CorrelationChain.steps(item)) {
            SourceStep resolved = step(step, steps.size());
            if (resolved == null) {
                return null;
            }
            steps.add(resolved);
        }
        return steps;
    }

    private void checkId(LocatedText id, Set<String> ids) throws ProblemException {
        if (!ID.matcher(id.value()).matches()) {
            throw invalid("The 'id' of a step is a letter, then letters, digits and underscores", id, "");
        }
        if (taken.contains(id.value())) {
            throw invalid(
                    "'" + id.value() + "' is what names of fields begin with: give the step another 'id'", id, "");
        }
        if (!ids.add(id.value())) {
            throw invalid("Two steps have the id '" + id.value() + "'", id, "");
        }
    }

    private @Nullable SourceStep step(CorrelationItem.Step step, int number) throws ProblemException {
        String name = step.rule().value();
        RuleItem rule = definitions.rule(name);
        if (rule == null) {
            if (definitions.isBroken(name)) {
                return null;
            }
            throw invalid(
                    "No rule, signal or correlation is called '" + name + "'",
                    step.rule(),
                    Suggestion.of(name, definitions.ruleNames()));
        }
        if (rule.kind == ItemKind.CORRELATION) {
            CheckedCorrelation inner = checked.get(name);
            if (inner == null) {
                return skipped(step, "correlation '" + name + "', which is skipped");
            }
            return new SourceStep(step, number, rule, "", inner.output(), inner.scope());
        }
        if (rule.unknownSource) {
            return skipped(step, "a rule of the unknown source '" + rule.source + "'");
        }
        FieldScope fields = FieldScope.of(Objects.requireNonNull(sources.get(rule.source)));
        return new SourceStep(step, number, rule, rule.source, fields, null);
    }

    /// Warns that a correlation is skipped for `step`, unless that can be due to an error.
    private @Nullable SourceStep skipped(CorrelationItem.Step step, String why) throws ProblemException {
        if (problems.failed()) {
            return null;
        }
        throw new ProblemException(
                Code.LOAD_UNKNOWN_SOURCE,
                "Step '" + step.id().value() + "' is of " + why + ", skipping",
                step.rule().position(0));
    }

    private static ProblemException invalid(String message, LocatedText at, String hint) {
        return new ProblemException(Code.LOAD_ERR_VALIDATE, message, at.position(0), hint);
    }
}
