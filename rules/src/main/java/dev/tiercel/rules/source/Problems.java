package dev.tiercel.rules.source;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects problems without duplicates.
public final class Problems {

    /// Maximum length of a message, hint or name; longer ones are truncated.
    private static final int MOST_CHARACTERS = 1_000;

    private final Set<Problem> found = new LinkedHashSet<>();
    private boolean failed;

    /// Adds a problem; beyond [Limits#PROBLEMS], only a note that there are more.
    public void add(Problem problem) {
        failed |= problem.isError();
        if (found.size() < Limits.PROBLEMS) {
            found.add(bounded(problem));
        } else if (found.size() == Limits.PROBLEMS && !found.contains(bounded(problem))) {
            failed = true;
            String more = "More than " + Limits.PROBLEMS + " problems, the others are not shown";
            found.add(new Problem(Code.LOAD_ERR_VALIDATE, more, problem.position()));
        }
    }

    /// Adds a problem at `position`; null: no position.
    public void add(Code code, String message, @Nullable SourcePosition position, ItemName item, String hint) {
        add(new Problem(code, message, position, hint, false, item));
    }

    /// Adds a problem without a hint.
    public void add(Code code, String message, @Nullable SourcePosition position, ItemName item) {
        add(code, message, position, item, "");
    }

    /// Adds the problem that ended the processing of `item`.
    public void add(ProblemException ended, ItemName item) {
        add(ended.problem().in(item));
    }

    private static Problem bounded(Problem problem) {
        ItemName item = problem.item();
        return new Problem(
                problem.code(),
                cut(problem.message()),
                problem.position(),
                cut(problem.hint()),
                false,
                new ItemName(item.type(), cut(item.name())));
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }

    /// Whether any is an error.
    public boolean failed() {
        return failed;
    }

    /// All, in the order found.
    public Collection<Problem> all() {
        return Collections.unmodifiableSet(found);
    }
}
