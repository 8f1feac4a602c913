package dev.tiercel.rules.match;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiercel.schemas.RawText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The short options among the arguments of a command, as POSIX getopt parses them: up to `--` or the first
/// non-option.
///
/// @param found in order; an unknown option, or one without its required value, is `?`
record ShortOptions(List<Option> found) {

    /// An option and its value; empty if it takes none.
    record Option(String name, String value) {}

    ShortOptions {
        found = List.copyOf(found);
    }

    /// Parses `arguments`; null for null. An option is a byte, as in C.
    static @Nullable ShortOptions parse(@Nullable List<String> arguments, String specification) {
        if (arguments == null) {
            return null;
        }
        return parseBytes(arguments.stream().map(ShortOptions::bytes).toList(), bytes(specification));
    }

    /// A text with a character for each byte.
    private static String bytes(String text) {
        return new String(RawText.bytes(text), ISO_8859_1);
    }

    private static String text(String bytes) {
        return RawText.of(bytes.getBytes(ISO_8859_1));
    }

    private static ShortOptions parseBytes(List<String> arguments, String specification) {
        List<Option> found = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.length() < 2 || argument.charAt(0) != '-' || argument.equals("--")) {
                break;
            }
            for (int at = 1; at < argument.length(); at++) {
                char name = argument.charAt(at);
                int specified = name == ':' ? -1 : specification.indexOf(name);
                boolean valued = specified >= 0
                        && specified + 1 < specification.length()
                        && specification.charAt(specified + 1) == ':';
                if (!valued) {
                    found.add(new Option(specified < 0 ? "?" : text(String.valueOf(name)), ""));
                    continue;
                }
                String rest = argument.substring(at + 1);
                boolean missing = rest.isEmpty() && i + 1 == arguments.size();
                if (rest.isEmpty() && !missing) {
                    rest = arguments.get(++i);
                }
                found.add(new Option(missing ? "?" : text(String.valueOf(name)), text(rest)));
                break;
            }
        }
        return new ShortOptions(found);
    }

    List<String> names() {
        return found.stream().map(Option::name).toList();
    }

    /// Value of the last option called `name`; null: not given.
    @Nullable
    String last(String name) {
        String value = null;
        for (Option option : found) {
            if (option.name().equals(name)) {
                value = option.value();
            }
        }
        return value;
    }
}
