package dev.tiercel.collector.container;

import java.io.IOException;

/// An engine that answered, but not with what was asked.
final class EngineException extends IOException {
    EngineException(String message) {
        super(message);
    }
}
