package dev.tiercel.rules;

/// What a rules file may at most be: far above any real one, and low enough that a hostile one costs little.
final class Limits {

    static final int FILE_CHARACTERS = 8 << 20;
    static final int YAML_DEPTH = 50;
    static final int YAML_NODES = 500_000;
    static final int YAML_ALIASES = 1_000;
    /// Levels of parentheses in a condition. Falco counts five for each, up to 1,000.
    static final int CONDITION_DEPTH = 200;
    /// Length of a condition after its lists are expanded.
    static final int CONDITION_CHARACTERS = 2 << 20;
    static final int LIST_ITEMS = 100_000;
    /// Length of a regular expression or glob.
    static final int PATTERN_CHARACTERS = 4_096;
    /// Nodes of one rule's expression after its macros are expanded.
    static final int EXPRESSION_NODES = 200_000;

    /// Levels of one rule's expression after its macros are expanded: what recursion over it can be trusted with.
    static final int EXPRESSION_DEPTH = 100;

    private Limits() {}
}
