package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.syntax.FieldLookup;
import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.rules.yaml.CorrelationItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names that one kind of text of a correlation may use.
///
/// @param own     the step whose fields need no prefix; null: all need one
/// @param named   the steps that can be named
/// @param counted whether what is counted can be named
record EvidenceNames(EvidenceScope scope, @Nullable SourceStep own, List<SourceStep> named, boolean counted)
        implements FieldScope {

    private static final String GUESS = "did you mean '";

    @Override
    public Optional<FieldDefinition> find(String name) {
        Optional<FieldDefinition> computed = counted ? scope.computed(name) : Optional.empty();
        return computed.or(() -> scope.isAlias(name) ? Optional.empty() : ofSteps(name))
                .or(() -> scope.key(name))
                .or(() -> counted ? scope.value(name) : Optional.empty())
                .or(() -> prefixed(name));
    }

    /// Without the name of a step; but what looks like one is one.
    private Optional<FieldDefinition> ofSteps(String name) {
        if (own != null) {
            return scope.ofStep(own, name);
        }
        return scope.pools() && prefixed(name).isEmpty() ? scope.ofLast(named, name) : Optional.empty();
    }

    private Optional<FieldDefinition> prefixed(String name) {
        int dot = name.indexOf('.');
        SourceStep step = dot < 0 ? null : step(named, name.substring(0, dot));
        return step == null ? Optional.empty() : scope.ofStep(step, name.substring(dot + 1));
    }

    private static @Nullable SourceStep step(List<SourceStep> among, String id) {
        return among.stream().filter(step -> step.id().equals(id)).findFirst().orElse(null);
    }

    @Override
    public String suggestion(String name) {
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        String rest = name.substring(dot + 1);
        SourceStep step = step(named, first);
        if (step != null) {
            String hint = step.fields().suggestion(rest);
            return hint.startsWith(GUESS) ? GUESS + first + "." + hint.substring(GUESS.length()) : hint;
        }
        if (step(scope.steps(), first) != null) {
            return counted
                    ? "step '" + first + "' is what did not happen: it has no fields"
                    : "a step can name only itself" + (scope.pools() ? "" : " and the steps before it");
        }
        for (SourceStep other : named) {
            if (other.fields().find(name).isPresent()) {
                return "write the step that has it: '" + other.id() + "." + name + "'";
            }
        }
        return guess(name, first, rest);
    }

    private String guess(String name, String first, String rest) {
        List<String> ids = new ArrayList<>(named.stream().map(SourceStep::id).toList());
        String hint = Suggestion.of(first, ids);
        if (!hint.isEmpty() && !rest.equals(name)) {
            return hint.substring(0, hint.length() - 2) + "." + rest + "'?";
        }
        String key = Suggestion.of(name, scope.keys());
        return key.isEmpty() && own != null ? own.fields().suggestion(name) : key;
    }

    /// The name of a step and two more words mean a field even if there is none, or not here: then that is an error.
    @Override
    public boolean isValue(String text) {
        int dot = text.indexOf('.');
        boolean prefixed = dot > 0 && step(scope.steps(), text.substring(0, dot)) != null;
        boolean wrong = prefixed && text.indexOf('.', dot + 1) > 0;
        boolean key = text.startsWith(CorrelationItem.KEY);
        return wrong || ((prefixed || key) && FieldLookup.find(this, text).isPresent());
    }

    @Override
    public boolean ofEvents() {
        return false;
    }
}
