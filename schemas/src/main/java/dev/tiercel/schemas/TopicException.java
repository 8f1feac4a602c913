package dev.tiercel.schemas;

/// Topics could not be inspected or created.
public final class TopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
