package dev.tiercel.rules.source;

import java.time.Duration;

/// Limits for rules files: far above any real file, and low enough that a hostile one costs little.
public final class Limits {

    public static final int FILE_CHARACTERS = 4 << 20;
    /// Length of all files together.
    public static final int ALL_FILE_CHARACTERS = 16 << 20;
    public static final int FILES = 4_096;
    public static final int YAML_DEPTH = 50;
    public static final int YAML_NODES = 500_000;
    public static final int YAML_ALIASES = 1_000;
    /// Total length of what the aliases of a file expand to.
    public static final int ALIAS_CHARACTERS = 1 << 20;
    /// Items (rules, macros, lists and others) in all files together.
    public static final int ITEMS = 20_000;
    /// Characters copied by appending to conditions and outputs, in all files together.
    public static final int APPENDED_CHARACTERS = 64 << 20;
    /// Levels of parentheses in a condition. Falco counts five for each, up to 1,000.
    public static final int CONDITION_DEPTH = 200;
    /// Length of a condition after its lists are expanded.
    public static final int CONDITION_CHARACTERS = 2 << 20;
    public static final int LIST_ITEMS = 100_000;
    /// Length of all conditions and lists after their lists are expanded.
    public static final int EXPANDED_CHARACTERS = 8 << 20;
    /// Length of a regular expression, glob or path.
    public static final int PATTERN_CHARACTERS = 4_096;
    /// Steps of a regular expression; matching may take this many per character.
    public static final int PATTERN_STEPS = 20_000;
    /// Steps that a regular expression unrolls to, estimated before it is compiled; it can shrink later.
    public static final int PATTERN_UNROLLED_STEPS = 5 * PATTERN_STEPS;
    /// Levels of parentheses in a regular expression; recursion over them must not overflow the stack.
    public static final int PATTERN_DEPTH = 200;
    /// Steps of all regular expressions that differ; each takes up to 110 bytes.
    public static final int ALL_PATTERN_STEPS = 500_000;
    /// Length of an output, and total of its padding widths.
    public static final int OUTPUT_CHARACTERS = 64 << 10;
    /// Nodes of one rule's expression after its macros are expanded.
    public static final int EXPRESSION_NODES = 200_000;
    /// Nodes of the expressions of all rules.
    public static final int ALL_EXPRESSION_NODES = 1_000_000;

    /// Levels of one rule's expression after its macros are expanded; recursion over it must not overflow the stack.
    public static final int EXPRESSION_DEPTH = 100;

    public static final int CORRELATION_STEPS = 8;
    /// Parts of a key, of a correlation or of `suppress`.
    public static final int KEY_PARTS = 8;
    /// Matches or different values that a correlation waits for.
    public static final int COUNTED = 10_000;
    /// Fields that one step of a correlation carries.
    public static final int CARRIED_FIELDS = 256;
    /// Correlations that feed one another, in a row.
    public static final int CORRELATION_CHAIN = 8;
    /// How far back a correlation looks.
    public static final Duration TIMESPAN = Duration.ofDays(30);

    /// Problems reported; one more states that there are more.
    public static final int PROBLEMS = 10_000;

    private Limits() {}
}
