package dev.tiercel.rules.match;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiercel.schemas.RawText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The short options among the arguments of a command, as Falco's getopt parses them: up to `--` or the first argument
/// that is no option, without long options (`--exec`). An option is a byte, as in C.
final class ShortOptions {

    private final List<String> arguments;
    private final String specification;
    private final List<String> all = new ArrayList<>();
    private final Map<String, String> last = new HashMap<>();
    private int next;

    private ShortOptions(List<String> arguments, String specification) {
        this.arguments = arguments;
        this.specification = specification;
    }

    /// Parses `arguments` by `specification`, as for C's getopt; null if either is.
    static @Nullable ShortOptions parse(@Nullable List<String> arguments, @Nullable String specification) {
        if (arguments == null || specification == null) {
            return null;
        }
        ShortOptions options =
                new ShortOptions(arguments.stream().map(ShortOptions::bytes).toList(), bytes(specification));
        options.parse();
        return options;
    }

    /// A text with a character for each byte.
    private static String bytes(String text) {
        return new String(RawText.bytes(text), ISO_8859_1);
    }

    private static String text(String bytes) {
        return RawText.of(bytes.getBytes(ISO_8859_1));
    }

    private static String text(char letter) {
        return text(String.valueOf(letter));
    }

    private void parse() {
        while (next < arguments.size()) {
            String argument = arguments.get(next++);
            boolean isLong = argument.startsWith("--") && argument.length() > 2;
            if (argument.equals("--") || argument.length() < 2 || argument.charAt(0) != '-') {
                return;
            }
            if (!isLong) {
                cluster(argument);
            }
        }
    }

    /// Parses one argument with options: `-lpe`, `-tvalue`.
    private void cluster(String argument) {
        for (int at = 1; at < argument.length(); at++) {
            char letter = argument.charAt(at);
            if (takesValue(letter)) {
                valued(letter, argument.substring(at + 1));
                return;
            }
            all.add(isKnown(letter) ? text(letter) : "?");
            if (isKnown(letter)) {
                last.put(text(letter), text(letter));
            }
        }
    }

    /// Adds an option with its value: the rest of its argument, or the next argument.
    private void valued(char letter, String rest) {
        boolean missing = rest.isEmpty() && next == arguments.size();
        String value = rest.isEmpty() && !missing ? arguments.get(next++) : rest;
        if (!missing) {
            all.add(text(letter));
        }
        all.add(text(value));
        last.put(text(letter), text(value));
    }

    private boolean isKnown(char letter) {
        return letter != ':' && specification.indexOf(letter) >= 0;
    }

    private boolean takesValue(char letter) {
        return letter != ':' && specification.contains(letter + ":");
    }

    /// Letters and values in order: `?` for an unknown option, the empty text for one whose value is missing.
    List<String> all() {
        return all;
    }

    /// Value of the last option called `name`, or the name if it takes no value; null: not given.
    @Nullable
    String last(String name) {
        return last.get(name);
    }
}
