package dev.tiercel.service;

/// The disk is full, or about to be; the message says how full, and how to mend it.
public final class DiskFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DiskFullException(String message) {
        super(message, null, false, false); // it is about the disk, not about the code
    }
}
