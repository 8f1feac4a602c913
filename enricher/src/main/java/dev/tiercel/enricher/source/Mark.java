package dev.tiercel.enricher.source;

/// What every transaction leaves on `sources.progress`: who wrote it, and which of its transactions it was. Tells
/// after an unclear answer whether a transaction was committed, and whether another process has taken over.
///
/// @param owner random, a process' own
record Mark(String owner, long transaction) {
    private static final String SEPARATOR = "/";

    /// The part of `sources.progress`.
    static String part(String instance) {
        return "publisher/" + instance;
    }

    /// As a JSON string.
    String position() {
        return '"' + owner + SEPARATOR + transaction + '"';
    }

    static Mark of(String position) {
        String[] both = position.substring(1, position.length() - 1).split(SEPARATOR, 2);
        return new Mark(both[0], Long.parseLong(both[1]));
    }
}
