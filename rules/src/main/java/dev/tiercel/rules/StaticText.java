package dev.tiercel.rules;

/// Evaluates a condition on one known string.
final class StaticText {

    private StaticText() {}

    /// Whether `ir`, all of whose tests are of the same text, holds for `value`.
    static boolean holds(Ir ir, String value) {
        return switch (ir) {
            case Ir.Constant(boolean constant) -> constant;
            case Ir.And(var terms) -> terms.stream().allMatch(term -> holds(term, value));
            case Ir.Or(var terms) -> terms.stream().anyMatch(term -> holds(term, value));
            case Ir.Not(Ir term) -> !holds(term, value);
            case Ir.ExactlyOne(var terms) ->
                terms.stream().filter(term -> holds(term, value)).count() == 1;
            case Ir.Present present -> true;
            case Ir.TextIs(Source source, TextTest test) ->
                TextTests.compile(test).test(value);
            case Ir.EventIs e -> throw unexpected(ir);
            case Ir.NumberIs e -> throw unexpected(ir);
            case Ir.BytesAre e -> throw unexpected(ir);
            case Ir.Elements e -> throw unexpected(ir);
            case Ir.Pair e -> throw unexpected(ir);
        };
    }

    /// Whether all of `ir` is tests of a text.
    static boolean decidable(Ir ir) {
        return switch (ir) {
            case Ir.Constant constant -> true;
            case Ir.And(var terms) -> terms.stream().allMatch(StaticText::decidable);
            case Ir.Or(var terms) -> terms.stream().allMatch(StaticText::decidable);
            case Ir.Not(Ir term) -> decidable(term);
            case Ir.ExactlyOne(var terms) -> terms.stream().allMatch(StaticText::decidable);
            case Ir.Present present -> true;
            case Ir.TextIs test -> true;
            case Ir.EventIs test -> false;
            case Ir.NumberIs test -> false;
            case Ir.BytesAre test -> false;
            case Ir.Elements test -> false;
            case Ir.Pair test -> false;
        };
    }

    private static IllegalStateException unexpected(Ir ir) {
        return new IllegalStateException("not a test of text: " + ir);
    }
}
