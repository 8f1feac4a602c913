package dev.tiercel.rules.match;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Decodes base64 as Falco's `b64` does: padding is optional, at most two `=` at the end; blanks and line ends are not
/// base64; the bits that the last character has too many are 0.
final class Base64Text {

    private static final Base64.Decoder DECODER = Base64.getDecoder();
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private Base64Text() {}

    /// What `encoded` stands for; null: it is not base64.
    static byte @Nullable [] decode(byte[] encoded) {
        int end = encoded.length;
        for (int padding = 0; padding < 2 && end > 0 && encoded[end - 1] == '='; padding++) {
            end--;
        }
        if (end == 0 && encoded.length > 0) {
            return null;
        }
        byte[] characters = Arrays.copyOf(encoded, end);
        try {
            byte[] decoded = DECODER.decode(characters);
            return Arrays.equals(ENCODER.encode(decoded), characters) ? decoded : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
