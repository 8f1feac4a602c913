package dev.tiercel.rules.source;

/// A syntax error in a condition.
public final class SyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    private final int at;

    public SyntaxException(String message, int at) {
        super(message, null, false, false);
        this.at = at;
    }

    /// Index in the text.
    public int at() {
        return at;
    }

    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
