package dev.tiercel.collector.capture;

import org.jspecify.annotations.Nullable;

/// The probe cannot run here, or has failed; the message is for the operator.
public final class ProbeException extends RuntimeException {
    ProbeException(String message) {
        this(message, null);
    }

    ProbeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
