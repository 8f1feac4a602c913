package dev.tiercel.kevent;

import java.io.IOException;

/// A file that is no recording, is one of another version, or is damaged; the message names the file and the place.
public final class KevFormatException extends IOException {
    KevFormatException(String message) {
        super(message);
    }
}
