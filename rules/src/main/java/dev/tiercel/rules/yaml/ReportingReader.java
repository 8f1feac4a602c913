package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;

/// Reads the parts of one item: what is wrong with one is reported, and hides nothing that is wrong with the others.
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

    /// Does something with one part.
    interface Step {
        void run() throws ProblemException;
    }

    /// The part, or `otherwise` after its problem was reported.
    <T> T read(Part<T> part, T otherwise) {
        try {
            return part.read();
        } catch (ProblemException problem) {
            report(problem);
            return otherwise;
        }
    }

    /// Runs `step`; its problem is reported.
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
