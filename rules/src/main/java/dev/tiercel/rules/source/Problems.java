package dev.tiercel.rules.source;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects problems without duplicates.
public final class Problems {

    /// Maximum length of a message, hint or name; longer ones are truncated.
    private static final int MOST_CHARACTERS = 1_000;

    /// By the problem without the use of its macro: one of a macro is reported once, with the first use.
    private final Map<Problem, Problem> found = new LinkedHashMap<>();
    private boolean failed;

    /// Adds a problem; beyond [Limits#PROBLEMS], only a note that there are more.
    public void add(Problem problem) {
        failed |= problem.isError();
        if (found.size() < Limits.PROBLEMS) {
            Problem bounded = bounded(problem);
            found.putIfAbsent(bounded, bounded.usedAt(problem.use()));
        } else if (found.size() == Limits.PROBLEMS && !found.containsKey(bounded(problem))) {
            failed = true;
            String more = "More than " + Limits.PROBLEMS + " problems, the others are not shown";
            Problem last = new Problem(Code.LOAD_ERR_VALIDATE, more, problem.position());
            found.put(last, last);
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
        return Collections.unmodifiableCollection(found.values());
    }
}
