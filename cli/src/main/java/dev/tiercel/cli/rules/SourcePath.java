package dev.tiercel.cli.rules;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/// How tools that know the checkout want files to be named: relative to the working directory, with slashes.
final class SourcePath {
    private SourcePath() {}

    /// `file` relative to the working directory if it is below it, else as it is.
    static String relative(String file) {
        Path here = Path.of("").toAbsolutePath();
        Path there = Path.of(file).toAbsolutePath().normalize();
        return there.startsWith(here) ? here.relativize(there).toString() : file;
    }

    /// The same as a URI reference: relative, or `file:///…`.
    static String uri(String file) {
        String path = relative(file);
        if (Path.of(path).isAbsolute()) return Path.of(path).toUri().toString();
        try {
            String ascii = new URI(null, null, "/" + path, null).toASCIIString();
            return ascii.substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("file=" + file, e);
        }
    }
}
