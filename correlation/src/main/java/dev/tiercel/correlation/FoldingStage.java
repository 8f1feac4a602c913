package dev.tiercel.correlation;

import java.util.List;

/// The `suppress` of a rule or correlation, with its states.
final class FoldingStage extends Stage {
    private final String item;
    private final long period;
    private final SourceClock input;
    private final Emission emission;

    /// Takes what comes out.
    interface Emission {
        void emit(RuleAlert alert);
    }

    /// @param item   name of the rule or correlation
    /// @param period nanoseconds
    FoldingStage(int number, String item, String structure, long period, SourceClock input, Emission emission) {
        super(number, nameOf(item), structure);
        this.item = item;
        this.period = period;
        this.input = input;
        this.emission = emission;
    }

    /// Of the stage for an item.
    static String nameOf(String item) {
        return "suppress " + item;
    }

    long period() {
        return period;
    }

    String item() {
        return item;
    }

    void emit(RuleAlert alert) {
        emission.emit(alert);
    }

    @Override
    FoldingState newCell(List<String> key) {
        return new FoldingState(this, key);
    }

    @Override
    long lowestInput() {
        return input.watermark();
    }
}
