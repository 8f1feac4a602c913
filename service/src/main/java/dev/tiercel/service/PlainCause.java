package dev.tiercel.service;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Why something failed, in words for people: no names of Java's classes, unless it is an error of the program itself.
public final class PlainCause {
    private PlainCause() {}

    /// The reason, to follow what could not be done: `cannot read FILE: ` and `no such file`.
    public static String of(Throwable failure) {
        return switch (failure) {
            case UncheckedIOException unchecked -> of(Objects.requireNonNull(unchecked.getCause()));
            case ExecutionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case FileSystemException file -> of(file);
            case FileNotFoundException missing -> message(missing, "no such file");
            case CharacterCodingException _ -> "not UTF-8";
            case EOFException _ -> "it ends too early";
            case UnknownHostException host -> "unknown host " + host.getMessage();
            case ConnectException refused -> message(refused, "connection refused");
            case ClosedChannelException _ -> "the connection was closed";
            case TimeoutException slow -> message(slow, "no answer in time");
            case IOException other -> message(other, words(other));
            default -> message(failure, failure.toString());
        };
    }

    private static String of(FileSystemException failure) {
        String reason = failure.getReason();
        return switch (failure) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "it exists already";
            case NotDirectoryException _ -> "not a directory";
            case DirectoryNotEmptyException _ -> "the directory is not empty";
            case FileSystemLoopException _ -> "too many levels of links";
            default -> reason == null ? words(failure) : reason;
        };
    }

    private static String message(Throwable failure, String otherwise) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? otherwise : message;
    }

    /// `SocketClosedException` as `socket closed`.
    private static String words(Throwable failure) {
        return failure.getClass()
                .getSimpleName()
                .replaceFirst("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
