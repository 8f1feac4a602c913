package dev.tiercel.service;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The settings of one process, from files, the environment and the command line, read by typed getters.
///
/// Each app's config record has a static `from(Settings)` that names its keys once, with default and one-line doc.
/// A getter never throws for a bad value: it records the problem and returns the default, so that [#requireValid],
/// called after every `from`, reports all problems together with every unknown key.
///
/// Keys are dotted lower-case (`collector.ring-bytes`); in the environment `TIERCEL_COLLECTOR_RING_BYTES`. Later
/// sources win: default, file, environment, `--set`. `kafka.*` is passed to Kafka's clients unchanged. Not
/// thread-safe: used during start-up only.
public final class Settings {
    private static final String KAFKA = "kafka.";
    private static final int LEAST_PASSWORD = 16;

    private final SettingsSources sources;
    private final Map<String, Setting> declared = new LinkedHashMap<>();
    private final Map<String, String> gone = new LinkedHashMap<>();
    private final List<String> foreignPrefixes = new ArrayList<>();
    private final List<String> partPrefixes = new ArrayList<>();
    private final List<String> problems;

    Settings(SettingsSources sources, List<String> problems) {
        this.sources = sources;
        this.problems = new ArrayList<>(problems);
    }

    /// Starts without any source.
    public static SettingsSources from() {
        return new SettingsSources();
    }

    /// Settings with these values as if given by `--set`: for tests and for one app starting another in its JVM.
    public static Settings of(Map<String, String> values) {
        SettingsSources sources = from();
        values.forEach((key, value) -> sources.set(key + "=" + value));
        return sources.read();
    }

    /// Text as written, without surrounding white space.
    public String text(String key, String defaultValue, String doc) {
        return value(key, "text", defaultValue, doc, text -> text);
    }

    /// Optional text; an empty value counts as absent.
    public Optional<String> optional(String key, String doc) {
        return Optional.of(text(key, "", doc)).filter(text -> !text.isEmpty());
    }

    /// A password that a server asks for, of at least 16 characters; empty: none.
    public String password(String key, String doc) {
        String password = text(key, "", doc);
        if (!password.isEmpty() && password.length() < LEAST_PASSWORD) {
            problem(key, "must have at least " + LEAST_PASSWORD + " characters");
        }
        return password;
    }

    /// Comma-separated values; an empty value is an empty list.
    public List<String> list(String key, List<String> defaultValue, String doc) {
        return value(
                key,
                "list, comma-separated",
                String.join(",", defaultValue),
                doc,
                text -> Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    /// Comma-separated values, each read by `parser`; one that it refuses is a problem, and left out.
    ///
    /// @param parser throws an [IllegalArgumentException] with a message for users
    public <T> List<T> list(String key, String doc, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (String one : list(key, List.of(), doc)) {
            try {
                values.add(parser.apply(one));
            } catch (IllegalArgumentException wrong) {
                problem(key, String.valueOf(wrong.getMessage()));
            }
        }
        return List.copyOf(values);
    }

    /// An integer from `min` to `max`.
    public int integer(String key, int defaultValue, int min, int max, String doc) {
        return value(key, "integer %d..%d".formatted(min, max), Integer.toString(defaultValue), doc, text -> {
            int number = Integer.parseInt(text);
            if (number < min || number > max) {
                throw new IllegalArgumentException("must be from %d to %d".formatted(min, max));
            }
            return number;
        });
    }

    /// `true` or `false`.
    public boolean flag(String key, boolean defaultValue, String doc) {
        return value(key, "true|false", Boolean.toString(defaultValue), doc, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        });
    }

    /// A time span: `250ms`, `5s`, `10m`, `2h`, `7d`.
    public Duration duration(String key, Duration defaultValue, String doc) {
        return value(key, "duration", Units.print(defaultValue), doc, Units::duration);
    }

    /// A size in bytes: `4096`, `64KiB`, `8MiB`, `1GiB`.
    public long sizeBytes(String key, long defaultValue, String doc) {
        return value(key, "size", Units.print(defaultValue), doc, Units::sizeBytes);
    }

    /// A file name, not resolved.
    public Path path(String key, Path defaultValue, String doc) {
        return value(key, "path", defaultValue.toString(), doc, Path::of);
    }

    /// An absolute URI.
    public URI uri(String key, URI defaultValue, String doc) {
        return value(key, "URI", defaultValue.toString(), doc, URI::create);
    }

    /// One of an enum's constants, written in lower case with `-` for `_`.
    public <E extends Enum<E>> E oneOf(String key, E defaultValue, String doc) {
        E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
        String type = Arrays.stream(constants).map(Settings::written).collect(Collectors.joining("|"));
        return value(
                key,
                type,
                written(defaultValue),
                doc,
                text -> Arrays.stream(constants)
                        .filter(constant -> written(constant).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("must be one of " + type)));
    }

    /// Everything under `kafka.`, without that prefix, for Kafka's clients, which document and check these settings.
    public Map<String, String> kafka() {
        Map<String, String> found = new LinkedHashMap<>();
        for (String key : sources.keysUnder(KAFKA)) {
            SettingsSources.Value value = sources.find(key).orElseThrow();
            declared.putIfAbsent(
                    key, new Setting(key, "Kafka's", "", "Handed to Kafka's clients.", value.text(), value.source()));
            found.put(key.substring(KAFKA.length()), value.text());
        }
        return found;
    }

    /// Whether somebody set this key, be it to its default.
    public boolean isGiven(String key) {
        return sources.find(key).isPresent();
    }

    /// Declares a removed key: using it is a problem that names the replacement.
    public void gone(String key, String replacement) {
        gone.put(key, replacement);
        sources.find(key)
                .ifPresent(value -> problems.add("%s: %s is gone: %s".formatted(value.source(), key, replacement)));
    }

    /// Accepts keys with this prefix unread: they belong to another app that shares the file.
    public void foreign(String prefix) {
        foreignPrefixes.add(prefix);
    }

    /// Accepts keys with this prefix unread unless a getter reads one of them: then they belong to this app, otherwise
    /// to another that shares the file.
    public void part(String prefix) {
        partPrefixes.add(prefix);
    }

    /// Records a problem that only a config record can see, such as two keys that contradict each other.
    public void problem(String key, String message) {
        Setting setting = declared.get(key);
        problems.add(setting == null ? key + ": " + message : "%s: %s: %s".formatted(setting.source(), key, message));
    }

    /// Checks that everything given was known and valid; called last.
    ///
    /// @throws SettingsException with every problem so far and every key that no getter has read
    public void requireValid() {
        kafka();
        List<String> all = new ArrayList<>(problems);
        sources.unclaimed(this::known)
                .forEach(unknown -> all.add(
                        "%s: unknown key %s%s".formatted(unknown.source(), unknown.key(), suggestion(unknown.key()))));
        if (!all.isEmpty()) {
            throw new SettingsException(all);
        }
    }

    /// A Markdown table of the declared settings and their defaults, for `docs/operating.md`.
    public String markdown() {
        return Setting.markdown(declared.values());
    }

    /// Every declared setting with its value, in the order of declaration.
    List<Setting> settings() {
        return List.copyOf(declared.values());
    }

    /// The effective settings in the format of a settings file, each with its source; secrets masked.
    public String describe() {
        int width = declared.values().stream()
                .mapToInt(s -> s.key().length() + s.shown().length() + 3)
                .filter(w -> w < 60)
                .max()
                .orElse(0);
        return declared.values().stream()
                .map(s -> ("%-" + Math.max(1, width) + "s  # %s%n").formatted(s.key() + " = " + s.shown(), s.source()))
                .collect(Collectors.joining());
    }

    private <T> T value(String key, String type, String defaultValue, String doc, Function<String, T> parse) {
        Optional<SettingsSources.Value> given = sources.find(key);
        String text = given.map(SettingsSources.Value::text).orElse(defaultValue);
        String source = given.map(SettingsSources.Value::source).orElse("default");
        declared.put(key, new Setting(key, type, defaultValue, doc, text, source));
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException wrong) {
            String shown = Setting.secret(key) ? Setting.MASK : text;
            problems.add("%s: %s = %s: %s".formatted(source, key, shown, reason(wrong, type)));
            return parse.apply(defaultValue);
        }
    }

    private static String reason(IllegalArgumentException wrong, String type) {
        return wrong instanceof NumberFormatException || wrong.getMessage() == null
                ? "must be " + type
                : wrong.getMessage();
    }

    private boolean known(String key) {
        return declared.containsKey(key)
                || gone.containsKey(key)
                || key.startsWith(KAFKA)
                || foreignPrefixes.stream().anyMatch(key::startsWith)
                || partPrefixes.stream().anyMatch(prefix -> key.startsWith(prefix) && isUnread(prefix));
    }

    private boolean isUnread(String prefix) {
        return declared.keySet().stream().noneMatch(key -> key.startsWith(prefix));
    }

    private String suggestion(String unknown) {
        return Suggestions.closest(unknown, declared.keySet())
                .map(key -> " (did you mean " + key + "?)")
                .orElse("");
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
