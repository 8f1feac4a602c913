package dev.tiercel.enricher.files;

import java.util.regex.Pattern;

/// Names that a log gets when it is rotated: `audit.log` becomes `audit.log.1`, `audit.log-20260102.gz` or
/// `audit-2026-01-02T03-04-05.678.log`.
final class Rotation {
    private static final String NUMBERS = "[-._][0-9TZ][-0-9TZ.:_+]*";
    private static final Pattern LATER = Pattern.compile("(" + NUMBERS + ")?(\\.gz)?$");
    private static final Pattern BEFORE_EXTENSION = Pattern.compile(NUMBERS + "(?=\\.[A-Za-z]+$)");

    private Rotation() {}

    /// The name that a log had before it was rotated to `name`; `name` itself if that is none of a rotated log.
    static String original(String name) {
        return BEFORE_EXTENSION.matcher(LATER.matcher(name).replaceFirst("")).replaceFirst("");
    }

    /// The name before it was compressed.
    static String uncompressed(String name) {
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }
}
