package dev.tiercel.rules;

/// Reads the parts of one item: what is wrong with one is reported, and hides nothing that is wrong with the others.
final class Parts {

    private final Problems problems;
    private final Diagnostic.Item item;
    private boolean refused;

    Parts(Problems problems, Diagnostic.Item item) {
        this.problems = problems;
        this.item = item;
    }

    /// Reads one part.
    interface Part<T> {
        T read() throws RuleProblem;
    }

    /// Does something with one part.
    interface Step {
        void run() throws RuleProblem;
    }

    /// The part, or `otherwise` after its problem was reported.
    <T> T read(Part<T> part, T otherwise) {
        try {
            return part.read();
        } catch (RuleProblem problem) {
            report(problem);
            return otherwise;
        }
    }

    /// Runs `step`; its problem is reported.
    void run(Step step) {
        try {
            step.run();
        } catch (RuleProblem problem) {
            report(problem);
        }
    }

    void report(RuleProblem problem) {
        refused = true;
        problems.add(problem, item);
    }

    /// Whether anything was reported.
    boolean refused() {
        return refused;
    }
}
