package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.service.PlainText;

/// Lines with titles, then sections below titles, as explanations are printed.
final class TitledText {
    private final Colours colours;
    private final String title;
    private final StringBuilder text = new StringBuilder();

    /// @param width of the titles of lines
    TitledText(Colours colours, int width) {
        this.colours = colours;
        this.title = "%-" + width + "s";
    }

    /// Adds a line, unless its value is empty.
    void line(String name, String value) {
        if (!value.isEmpty()) {
            text.append(colours.bold(title.formatted(name)))
                    .append("  ")
                    .append(PlainText.lines(value))
                    .append('\n');
        }
    }

    /// Adds an indented section.
    void section(String name, String lines) {
        text.append('\n').append(colours.bold(name)).append('\n');
        text.append(PlainText.lines(lines).indent(2));
    }

    @Override
    public String toString() {
        return text.toString().stripTrailing();
    }
}
