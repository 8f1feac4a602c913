package dev.tiercel.rules;

/// A character of a rules file.
record Place(SourceFile file, int offset) {

    int line() {
        return file.line(offset);
    }

    int column() {
        return file.column(offset);
    }

    @Override
    public String toString() {
        return file.name() + ":" + line() + ":" + column();
    }
}
