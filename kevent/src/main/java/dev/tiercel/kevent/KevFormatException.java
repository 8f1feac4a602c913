package dev.tiercel.kevent;

import java.io.IOException;

/// A file is not a recording, is of another version, or is damaged; the message names the file and the byte.
public final class KevFormatException extends IOException {
    KevFormatException(String message) {
        super(message);
    }
}
