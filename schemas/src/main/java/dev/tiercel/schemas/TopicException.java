package dev.tiercel.schemas;

import org.jspecify.annotations.Nullable;

/// Topics could not be inspected or created.
public final class TopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
