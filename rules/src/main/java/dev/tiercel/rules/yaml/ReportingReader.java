package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;

/// Reads the parts of one item, reporting the problem of each, so that one problem does not hide another.
final class ReportingReader {

    private final Problems problems;
    private final ItemName item;
    private boolean refused;

    ReportingReader(Problems problems, ItemName item) {
        this.problems = problems;
        this.item = item;
    }

    /// Reads one part.
    interface Part<T> {
        T read() throws ProblemException;
    }

    /// Processes one part.
    interface Step {
        void run() throws ProblemException;
    }

    /// The part, or `otherwise` if it has a problem, which is reported.
    <T> T read(Part<T> part, T otherwise) {
        try {
            return part.read();
        } catch (ProblemException problem) {
            report(problem);
            return otherwise;
        }
    }

    /// Runs `step`, reporting its problem.
    void run(Step step) {
        try {
            step.run();
        } catch (ProblemException problem) {
            report(problem);
        }
    }

    void report(ProblemException problem) {
        refused = true;
        problems.add(problem, item);
    }

    /// Whether anything was reported.
    boolean refused() {
        return refused;
    }
}
