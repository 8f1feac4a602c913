package dev.tiercel.enricher.source;

import dev.tiercel.service.Sha256;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What headers of events are made of. Thread-safe.
public final class EventText {
    private static final long SECOND = 1_000_000_000;
    private static final int ID_BYTES = 16;
    private static final Pattern EPOCH = Pattern.compile("\\d{1,19}(\\.\\d{1,9})?");
    private static final BigDecimal MOST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

    private EventText() {}

    /// Nanoseconds since the epoch of a time as RFC 3339 writes it; empty if it is none, or out of range.
    public static OptionalLong time(String rfc3339) {
        try {
            Instant instant = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(rfc3339, Instant::from);
            return OptionalLong.of(
                    Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano()));
        } catch (DateTimeException | ArithmeticException none) {
            return OptionalLong.empty();
        }
    }

    /// The same, or of a number of seconds, milliseconds, microseconds or nanoseconds since the epoch: whichever is
    /// from 1973 to 5138.
    public static OptionalLong timeOrEpoch(String text) {
        return EPOCH.matcher(text).matches() ? epoch(new BigDecimal(text)) : time(text);
    }

    private static OptionalLong epoch(BigDecimal number) {
        int digits = number.precision() - number.scale();
        int unit = digits <= 11 ? 9 : digits <= 14 ? 6 : digits <= 17 ? 3 : 0;
        BigDecimal nanos = number.movePointRight(unit);
        return nanos.compareTo(MOST_NANOS) > 0 ? OptionalLong.empty() : OptionalLong.of(nanos.longValue());
    }

    /// An id for a document that has none, or too long a one: the same for the same bytes.
    public static String hash(ByteBuffer document) {
        MessageDigest digest = Sha256.digest();
        digest.update(document.duplicate());
        return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    }
}
