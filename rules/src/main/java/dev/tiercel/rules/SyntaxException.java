package dev.tiercel.rules;

/// A condition that does not parse.
final class SyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    private final int at;

    SyntaxException(String message, int at) {
        super(message, null, false, false);
        this.at = at;
    }

    /// Index in the text.
    int at() {
        return at;
    }

    String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
