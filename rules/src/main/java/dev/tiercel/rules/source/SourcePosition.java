package dev.tiercel.rules.source;

/// A position in a rules file, or the file as a whole.
///
/// @param offset in characters from the start; negative: the file as a whole
public record SourcePosition(SourceFile file, int offset) {

    /// The file as a whole.
    public static SourcePosition whole(SourceFile file) {
        return new SourcePosition(file, -1);
    }

    /// From 1; 0: the file as a whole.
    public int line() {
        return offset < 0 ? 0 : file.line(offset);
    }

    /// From 1; 0: the file as a whole.
    public int column() {
        return offset < 0 ? 0 : file.column(offset);
    }

    /// The line with a caret below the character; empty: the file as a whole.
    public String snippet() {
        return offset < 0 ? "" : file.snippet(offset);
    }

    @Override
    public String toString() {
        return file.name() + ":" + line() + ":" + column();
    }
}
