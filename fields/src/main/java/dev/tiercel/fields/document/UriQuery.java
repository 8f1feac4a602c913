package dev.tiercel.fields.document;

import dev.tiercel.schemas.RawText;
import org.jspecify.annotations.Nullable;

/// The query of a URI, read as Go's `net/url` does.
final class UriQuery {

    private UriQuery() {}

    /// The first value of a parameter, decoded; null: it is not there, or the URI is not well formed.
    ///
    /// @param name decoded
    static @Nullable String parameter(String uri, String name) {
        int fragment = uri.indexOf('#');
        String whole = fragment < 0 ? uri : uri.substring(0, fragment);
        int query = whole.indexOf('?');
        if (query < 0 || !wellFormed(whole)) {
            return null;
        }
        for (String pair : whole.substring(query + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            String found = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (found.equals(name) && !pair.isEmpty()) {
                return equals < 0 ? "" : decoded(pair.substring(equals + 1));
            }
        }
        return null;
    }

    /// Whether it has neither control characters nor escapes without two digits, and its query no semicolon.
    private static boolean wellFormed(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c < ' ' || c == 0x7f || (c == '%' && (i + 2 >= uri.length() || digits(uri, i + 1) < 0))) {
                return false;
            }
        }
        return uri.indexOf(';', uri.indexOf('?')) < 0;
    }

    private static int digits(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 || text.charAt(at) > 'f' || text.charAt(at + 1) > 'f' ? -1 : (high << 4) | low;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        byte[] bytes = RawText.bytes(text.replace('+', ' '));
        int length = 0;
        for (int at = 0; at < bytes.length; at++) {
            boolean escape = bytes[at] == '%';
            bytes[length++] = escape
                    ? (byte) ((Character.digit(bytes[at + 1], 16) << 4) | Character.digit(bytes[at + 2], 16))
                    : bytes[at];
            at += escape ? 2 : 0;
        }
        return RawText.of(bytes, 0, length);
    }
}
