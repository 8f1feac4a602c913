package dev.tiercel.ruletools.conformance;

import dev.tiercel.ruletools.conformance.CppStatements.Inexpressible;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values that Falco's tests build events of: numbers, texts, bytes, addresses; and the variables that hold them.
final class CppValues {

    /// An end of a connection.
    record Endpoint(long port, String address) {}

    /// A connection.
    record Tuple(Endpoint client, Endpoint server) {}

    /// A call with its arguments, as written.
    record Call(String name, List<String> arguments) {}

    private static final Map<String, Long> CONSTANTS =
            Map.of("INIT_TID", 1L, "INIT_PID", 1L, "INIT_PTID", 0L, "UINT32_MAX", 0xffff_ffffL);
    private static final Pattern NUMBER = Pattern.compile("([+-]?(?:0[xX][0-9a-fA-F]+|[0-9]+))[uUlL]*");
    private static final Pattern CAST =
            Pattern.compile("\\(\\s*[a-z][\\w:]*(?:\\s*\\*)?\\s*\\)\\s*(\\S.*)", Pattern.DOTALL);
    private static final Pattern NAMED_CAST =
            Pattern.compile("(?:static|reinterpret|const)_cast<[^>]*>\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern MEMBER = Pattern.compile("(\\w+)\\.(?:data|c_str|str|get)\\(\\)");
    private static final Pattern CALL =
            Pattern.compile("(?:\\w+::)*(\\w+)(?:<[^()]*>)?\\s*[({](.*)[)}]", Pattern.DOTALL);
    private static final Pattern FLAGS = Pattern.compile("[A-Z][A-Z0-9_]+(?:\\s*\\|\\s*[A-Z][A-Z0-9_]+)*");
    private static final Pattern DECLARED =
            Pattern.compile("(?:[\\w:<>,*&]+\\s+)*?[*&]?(\\w+)\\s*(?:\\[\\d*])?\\s*=\\s*(.*)", Pattern.DOTALL);
    private static final Pattern CONSTRUCTED =
            Pattern.compile("(?:const\\s+)?[\\w:]+(?:<[^>]*>)?\\s+(\\w+)(?:\\[\\d*])?\\s*(\\{.*})", Pattern.DOTALL);

    private final Map<String, String> variables = new HashMap<>();

    /// Remembers what a declaration or an assignment gives a name.
    void declare(String statement) {
        for (Pattern pattern : List.of(DECLARED, CONSTRUCTED)) {
            Matcher matcher = pattern.matcher(statement.strip());
            if (matcher.matches()) {
                variables.put(matcher.group(1), matcher.group(2));
                return;
            }
        }
    }

    /// The value of an expression: Long, String of bytes, byte\[\], Boolean, Endpoint or Tuple; null for null.
    @Nullable
    Object value(String expression) {
        String text = expression.strip();
        if (text.startsWith("\"")) {
            return CppText.string(text);
        }
        if (text.startsWith("'")) {
            return (long)
                    CppText.unescaped(text.substring(1, text.length() - 1)).charAt(0);
        }
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            return Long.decode(number.group(1));
        }
        return text.startsWith("{") ? bytes(text) : named(text);
    }

    private @Nullable Object named(String text) {
        if (text.equals("NULL") || text.equals("nullptr")) {
            return null;
        }
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        if (CONSTANTS.containsKey(text)) {
            return CONSTANTS.get(text);
        }
        String held = variables.get(text);
        if (held != null) {
            return value(held);
        }
        if (FLAGS.matcher(text).matches()) {
            return List.of(text.split("\\s*\\|\\s*", -1)).stream()
                    .map(flag -> flag.replaceFirst("^PPM_", ""))
                    .collect(Collectors.joining("|"));
        }
        return composed(text);
    }

    private @Nullable Object composed(String text) {
        if (text.startsWith("&") || text.startsWith("*")) {
            return value(text.substring(1));
        }
        for (Pattern pattern : List.of(CAST, NAMED_CAST, MEMBER)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                return value(matcher.group(1));
            }
        }
        Call call = call(text);
        if (call == null) {
            throw new Inexpressible("the value " + text);
        }
        return made(call, text);
    }

    private @Nullable Object made(Call call, String text) {
        List<String> arguments = call.arguments();
        return switch (call.name()) {
            case "fill_sockaddr_in", "fill_sockaddr_in6" ->
                new Endpoint((Long) required(arguments.get(0)), (String) required(arguments.get(1)));
            case "pack_socktuple" ->
                new Tuple((Endpoint) required(arguments.get(0)), (Endpoint) required(arguments.get(1)));
            case "pack_sockaddr", "scap_const_sized_buffer" -> value(arguments.getFirst());
            case "string" -> arguments.size() == 1 ? value(arguments.getFirst()) : CppText.string(text);
            case "vector" -> bytes("{" + String.join(",", arguments) + "}");
            case "sizeof", "strlen" -> 0L;
            default -> throw new Inexpressible("the value " + text);
        };
    }

    private Object required(String expression) {
        Object value = value(expression);
        if (value == null) {
            throw new Inexpressible("nothing for " + expression);
        }
        return value;
    }

    private byte[] bytes(String initializer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String element : split(initializer.substring(1, initializer.lastIndexOf('}')), ',')) {
            switch (value(element)) {
                case Long number -> bytes.write(number.intValue());
                case String text -> bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
                case null, default -> throw new Inexpressible("the bytes " + initializer);
            }
        }
        return bytes.toByteArray();
    }

    /// The call that `text` is; null: it is none.
    static @Nullable Call call(String text) {
        Matcher matcher = CALL.matcher(text.strip());
        return matcher.matches() ? new Call(matcher.group(1), split(matcher.group(2), ',')) : null;
    }

    /// The pieces of `text` between separators that stand in no quotes and no brackets; blank ones are left out.
    static List<String> split(String text, char separator) {
        List<String> pieces = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                at = quoteEnd(text, at);
            } else if (c == separator && depth == 0) {
                pieces.add(text.substring(start, at).strip());
                start = at + 1;
            }
            depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
        }
        pieces.add(text.substring(start).strip());
        pieces.removeIf(String::isBlank);
        return pieces;
    }

    private static int quoteEnd(String text, int quote) {
        int at = quote + 1;
        while (at < text.length() && text.charAt(at) != text.charAt(quote)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
