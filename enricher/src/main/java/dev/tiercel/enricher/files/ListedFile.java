package dev.tiercel.enricher.files;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// A file as a look at its directory found it.
///
/// @param name relative to what is followed
/// @param time when it was written to, milliseconds since the epoch
/// @param identity changes whenever its contents do
record ListedFile(String name, Path path, long time, String identity) {
    static ListedFile of(String name, Path path, BasicFileAttributes attributes) {
        long time = attributes.lastModifiedTime().toMillis();
        return new ListedFile(name, path, time, "%s %d %d".formatted(attributes.fileKey(), attributes.size(), time));
    }
}
