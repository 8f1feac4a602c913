package dev.tiercel.enricher.feeds;

import java.util.regex.Pattern;

/// One list as users name it: `NAME=ADDRESS`, as in `tor=https://example.org/exits.txt`, `office=/etc/tiercel/office`.
///
/// @param name as conditions name it: `feed:NAME`
/// @param address a file, or an http or https URL
public record FeedAddress(String name, String address) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");
    private static final Pattern URL = Pattern.compile("https?://.+");

    /// Parses `NAME=ADDRESS`.
    ///
    /// @throws IllegalArgumentException with a message for users
    public static FeedAddress parse(String text) {
        int sign = text.indexOf('=');
        if (sign < 0 || !NAME.matcher(text.substring(0, sign)).matches() || sign == text.length() - 1) {
            throw new IllegalArgumentException(
                    "a feed is NAME=FILE or NAME=URL, as in tor=https://example.org/exits.txt,"
                            + " with a name of letters, digits, '.', '_' and '-'; not '" + text + "'");
        }
        return new FeedAddress(text.substring(0, sign), text.substring(sign + 1));
    }

    /// Whether it is read over HTTP.
    boolean isRemote() {
        return URL.matcher(address).matches();
    }

    /// The address for people to read: without user, password and query.
    String shown() {
        return isRemote() ? address.replaceFirst("//[^/@]*@", "//").replaceFirst("[?#].*", "") : address;
    }

    @Override
    public String toString() {
        return name + "=" + shown();
    }
}
