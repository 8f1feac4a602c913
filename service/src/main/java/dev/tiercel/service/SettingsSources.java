package dev.tiercel.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The sources of settings: files, then environment, then `--set`; within one kind the later one wins.
public final class SettingsSources {
    private static final String PREFIX = "TIERCEL_";

    private final Map<String, Value> files = new LinkedHashMap<>();
    private final Map<String, Value> environment = new LinkedHashMap<>();
    private final Map<String, Value> given = new LinkedHashMap<>();
    private final Set<String> claimed = new HashSet<>();
    private final Set<String> launcherNames = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    SettingsSources() {}

    /// A value and where it was written.
    record Value(String key, String text, String source) {}

    /// Reads a file of `key = value` lines; `#` starts a comment line.
    public SettingsSources file(Path file) {
        try {
            Map<String, Value> fresh = new LinkedHashMap<>();
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                line(line, file + ":" + number, fresh);
            }
            files.putAll(fresh);
        } catch (IOException failure) {
            problems.add("%s: cannot be read: %s".formatted(file, PlainCause.of(failure)));
        }
        return this;
    }

    /// Adds every variable that starts with `TIERCEL_`.
    public SettingsSources environment(Map<String, String> variables) {
        variables.forEach((name, text) -> {
            if (name.startsWith(PREFIX)) {
                environment.put(name, new Value(name, text.strip(), "environment " + name));
            }
        });
        return this;
    }

    /// Ignores these variables, which start with `TIERCEL_` but are the launcher's, not settings.
    public SettingsSources ignoringEnvironment(String... names) {
        launcherNames.addAll(List.of(names));
        return this;
    }

    /// Adds one `key=value` from the command line.
    public SettingsSources set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            problems.add("--set %s: must be key=value".formatted(assignment));
            return this;
        }
        String key = assignment.substring(0, equals).strip();
        given.put(key, new Value(key, assignment.substring(equals + 1).strip(), "--set"));
        return this;
    }

    /// Adds one value that a command decides, as if given on its command line.
    ///
    /// @param source where the command has it from
    public SettingsSources set(String key, String value, String source) {
        given.put(key, new Value(key, value.strip(), source));
        return this;
    }

    /// The settings from all sources added so far.
    public Settings read() {
        return new Settings(this, problems);
    }

    Optional<Value> find(String key) {
        claimed.add(variable(key));
        Value found = given.get(key);
        if (found == null) {
            found = environment.get(variable(key));
        }
        return Optional.ofNullable(found == null ? files.get(key) : found);
    }

    /// Every key that starts with `prefix`, sorted; in the names of variables `_` is read as `.`.
    Set<String> keysUnder(String prefix) {
        Set<String> keys = new TreeSet<>();
        given.keySet().stream().filter(key -> key.startsWith(prefix)).forEach(keys::add);
        files.keySet().stream().filter(key -> key.startsWith(prefix)).forEach(keys::add);
        environment.keySet().stream()
                .map(SettingsSources::dotted)
                .filter(key -> key.startsWith(prefix))
                .forEach(keys::add);
        return keys;
    }

    /// Values whose key is not `known`. A variable is known if a getter has looked for its key.
    List<Value> unclaimed(Predicate<String> known) {
        List<Value> unknown = new ArrayList<>();
        files.values().stream().filter(value -> !known.test(value.key())).forEach(unknown::add);
        environment.values().stream()
                .filter(value -> !launcherNames.contains(value.key())
                        && !claimed.contains(value.key())
                        && !known.test(dotted(value.key())))
                .map(value -> new Value(dotted(value.key()), value.text(), value.source()))
                .forEach(unknown::add);
        given.values().stream().filter(value -> !known.test(value.key())).forEach(unknown::add);
        return unknown;
    }

    private void line(String line, String source, Map<String, Value> fresh) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        int equals = text.indexOf('=');
        if (equals <= 0) {
            problems.add("%s: must be key = value: %s".formatted(source, text));
            return;
        }
        String key = text.substring(0, equals).strip();
        Value before = fresh.put(key, new Value(key, text.substring(equals + 1).strip(), source));
        if (before != null) {
            problems.add("%s: %s is set twice, first at %s".formatted(source, key, before.source()));
        }
    }

    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String dotted(String variable) {
        return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
