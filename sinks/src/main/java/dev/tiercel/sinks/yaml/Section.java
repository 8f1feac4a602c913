package dev.tiercel.sinks.yaml;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.yaml.Yaml;
import dev.tiercel.service.Units;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A mapping of a sinks file. What is wrong is reported with its position, and something harmless returned, so that
/// one problem does not hide another. Not thread-safe.
public final class Section {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Yaml.Mapping mapping;
    private final ItemName item;
    private final Context context;
    private final Set<String> known = new LinkedHashSet<>();
    /// Null: the section is read, not described.
    private final @Nullable SectionShape shape;

    /// What all sections of a file share.
    ///
    /// @param environment variables of the process
    /// @param folder what relative paths in the file are relative to
    public record Context(Problems problems, Map<String, String> environment, Path folder) {}

    /// @param item what it is, for problems
    public Section(Yaml.Mapping mapping, ItemName item, Context context) {
        this(mapping, item, context, null);
    }

    private Section(Yaml.Mapping mapping, ItemName item, Context context, @Nullable SectionShape shape) {
        this.mapping = mapping;
        this.item = item;
        this.context = context;
        this.shape = shape;
    }

    /// An empty one, for a reader to show what it asks for: see [#schema()].
    public static Section described() {
        SourcePosition nowhere = new SourcePosition(new SourceFile("", ""), 0);
        Context context = new Context(new Problems(), Map.of(), Path.of(""));
        return new Section(new Yaml.Mapping(List.of(), nowhere), ItemName.NONE, context, new SectionShape());
    }

    /// JSON Schema of what was asked of a section that is [described][#described()].
    public Map<String, Object> schema() {
        if (shape == null) throw new IllegalStateException("section=" + item);
        return shape.json();
    }

    private Section inner() {
        return new Section(mapping, item, context, new SectionShape());
    }

    /// The same mapping under another name.
    public Section named(ItemName other) {
        return new Section(mapping, other, context, shape);
    }

    /// What it is.
    public ItemName item() {
        return item;
    }

    /// Where problems go.
    public Problems problems() {
        return context.problems();
    }

    /// Where it begins.
    public SourcePosition position() {
        return mapping.position();
    }

    private @Nullable Yaml value(String key) {
        known.add(key);
        Yaml found = mapping.get(key);
        return found instanceof Yaml.Scalar scalar && scalar.isNull() ? null : found;
    }

    /// Whether `key` has a value.
    public boolean has(String key) {
        return value(key) != null;
    }

    /// Reports a problem with the value of `key`.
    public void problem(String key, String message) {
        problem(key, message, "");
    }

    /// Reports a problem with the value of `key`, and how to mend it.
    public void problem(String key, String message, String hint) {
        Yaml at = mapping.get(key);
        report("'" + key + "' " + message, at == null ? position() : at.position(), hint);
    }

    private void report(String message, SourcePosition at, String hint) {
        context.problems().add(Code.LOAD_ERR_YAML_VALIDATE, message, at, item, hint);
    }

    private Optional<Yaml.Scalar> scalar(String key) {
        if (shape != null) shape.string(key);
        Yaml found = value(key);
        if (found == null) return Optional.empty();
        if (found instanceof Yaml.Scalar scalar && !scalar.value().isEmpty()) return Optional.of(scalar);
        problem(key, found instanceof Yaml.Scalar ? "is empty" : "must be one value");
        return Optional.empty();
    }

    /// The text of `key`, if there is one.
    public Optional<String> optional(String key) {
        return scalar(key).map(Yaml.Scalar::value);
    }

    /// The text of `key`, with the positions of its characters, if there is one.
    public Optional<LocatedText> located(String key) {
        return scalar(key).map(Yaml.Scalar::text);
    }

    /// The text of `key`, which must be there.
    public String text(String key) {
        Optional<String> found = optional(key);
        require(key);
        return found.orElse("");
    }

    /// Says of a section that is described which text it must have.
    public void constant(String key, String value) {
        if (shape != null) shape.key(key, Map.of("const", value));
        require(key);
    }

    /// Reports that `key` must be there, unless it is.
    public void require(String key) {
        if (has(key)) return;
        if (shape != null) shape.require(key);
        report("'" + key + "' is missing", position(), "");
    }

    /// The text of `key`, or `absent`.
    public String text(String key, String absent) {
        return optional(key).orElse(absent);
    }

    /// A path, relative to the sinks file.
    public Optional<Path> path(String key) {
        return optional(key).map(path -> context.folder().resolve(path));
    }

    /// true or false.
    public boolean flag(String key, boolean absent) {
        if (shape != null) shape.key(key, Map.of("type", "boolean"));
        Optional<String> found = optional(key);
        if (found.isEmpty()) return absent;
        if (found.get().equals("true") || found.get().equals("false")) return Boolean.parseBoolean(found.get());
        problem(key, "must be true or false, not '" + found.get() + "'");
        return absent;
    }

    /// A whole number from `least` to `most`.
    public int number(String key, int absent, int least, int most) {
        if (shape != null) shape.key(key, Map.of("type", "integer", "minimum", least, "maximum", most));
        Optional<String> found = optional(key);
        if (found.isEmpty()) return absent;
        try {
            int number = Integer.parseInt(found.get());
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException no) {
            // reported below, as numbers out of range are
        }
        problem(key, "must be a whole number from %,d to %,d, not '%s'".formatted(least, most, found.get()));
        return absent;
    }

    /// A span of time from `least` to `most`: `500ms`, `30s`, `10m`, `24h`, `7d`.
    public Duration duration(String key, Duration absent, Duration least, Duration most) {
        if (shape != null) shape.pattern(key, DURATION.pattern());
        Optional<String> found = optional(key);
        if (found.isEmpty()) return absent;
        if (!DURATION.matcher(found.get()).matches()) {
            problem(key, "must be a span of time such as 500ms, 30s, 10m, 24h or 7d, not '" + found.get() + "'");
            return absent;
        }
        Duration duration = Units.duration(found.get());
        if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) return duration;
        problem(key, "must be from %s to %s, not '%s'".formatted(Units.print(least), Units.print(most), found.get()));
        return absent;
    }

    /// A size in bytes: `512KiB`, `100MiB`.
    public long size(String key, long absent) {
        if (shape != null) shape.pattern(key, SIZE.pattern());
        Optional<String> found = optional(key);
        if (found.isEmpty()) return absent;
        if (!SIZE.matcher(found.get()).matches()) {
            problem(key, "must be a size such as 512KiB, 100MiB or 1GiB, not '" + found.get() + "'");
            return absent;
        }
        return Units.sizeBytes(found.get());
    }

    /// One of the names of `choices`.
    public <T> T choice(String key, Map<String, T> choices, T absent) {
        if (shape != null)
            shape.key(key, Map.of("enum", choices.keySet().stream().sorted().toList()));
        Optional<String> found = optional(key);
        if (found.isEmpty()) return absent;
        T chosen = choices.get(found.get());
        if (chosen != null) return chosen;
        problem(
                key,
                "must be one of " + String.join(", ", choices.keySet()) + ", not '" + found.get() + "'",
                Suggestion.of(found.get(), choices.keySet()));
        return absent;
    }

    /// A list of texts, or one text.
    public List<LocatedText> texts(String key) {
        if (shape != null) shape.key(key, SectionShape.stringOr(SectionShape.arrayOf(Map.of("type", "string"))));
        Yaml found = value(key);
        if (found == null) return List.of();
        List<LocatedText> texts = new ArrayList<>();
        for (Yaml each : found instanceof Yaml.Sequence sequence ? sequence.items() : List.of(found)) {
            if (each instanceof Yaml.Scalar scalar && !scalar.value().isEmpty()) {
                texts.add(scalar.text());
            } else {
                report("'" + key + "' must be a list of texts", each.position(), "");
            }
        }
        return texts;
    }

    /// A secret, which must be there: `{file: PATH}` or `{env: NAME}`, never the secret itself.
    public Secret secret(String key) {
        require(key);
        return secret(key, false).orElse(Secret.of(""));
    }

    /// A secret, if there is one.
    public Optional<Secret> optionalSecret(String key) {
        return secret(key, false);
    }

    /// A text that may be a secret, which must be there: as it is, `{file: PATH}` or `{env: NAME}`.
    public Secret textOrSecret(String key) {
        require(key);
        return secret(key, true).orElse(Secret.of(""));
    }

    private Optional<Secret> secret(String key, boolean mayStandHere) {
        if (shape != null)
            shape.key(key, mayStandHere ? SectionShape.stringOr(SectionShape.SECRET) : SectionShape.SECRET);
        Yaml found = value(key);
        if (found == null) return Optional.empty();
        if (found instanceof Yaml.Mapping inner) {
            return new Section(inner, item, context).reference();
        }
        if (mayStandHere) return optional(key).map(Secret::of);
        problem(key, "is a secret, which must not stand in this file", "write {file: PATH} or {env: NAME}");
        return Optional.empty();
    }

    private Optional<Secret> reference() {
        Optional<Path> file = path("file");
        Optional<String> variable = optional("env");
        end();
        if (file.isPresent() == variable.isPresent()) {
            report("a secret is {file: PATH} or {env: NAME}", position(), "");
            return Optional.empty();
        }
        if (file.isPresent()) return Optional.of(Secret.ofFile(file.get()));
        String name = variable.orElseThrow();
        if (!VARIABLE.matcher(name).matches()) {
            problem("env", "must be the name of a variable, not '" + name + "'");
        } else if (context.environment().getOrDefault(name, "").isEmpty()) {
            problem("env", "names variable " + name + ", which is not set");
        }
        return Optional.of(Secret.ofVariable(name, context.environment()));
    }

    /// A mapping of names to texts that may be secrets: headers.
    public Map<String, Secret> secrets(String key) {
        if (shape != null)
            shape.key(
                    key, Map.of("type", "object", "additionalProperties", SectionShape.stringOr(SectionShape.SECRET)));
        Map<String, Secret> entries = new LinkedHashMap<>();
        section(key).ifPresent(inner -> {
            for (Yaml.Entry entry : inner.mapping.entries()) {
                String name = entry.key().value();
                entries.put(name, inner.textOrSecret(name));
            }
        });
        return entries;
    }

    /// The mapping of `key`, if there is one.
    public Optional<Section> section(String key) {
        if (shape != null) {
            Section inner = inner();
            shape.key(key, Objects.requireNonNull(inner.shape));
            return Optional.of(inner);
        }
        Yaml found = value(key);
        if (found == null) return Optional.empty();
        if (found instanceof Yaml.Mapping inner) return Optional.of(new Section(inner, item, context, null));
        problem(key, "must be a mapping");
        return Optional.empty();
    }

    /// The mappings of the list of `key`.
    public List<Section> sections(String key) {
        Yaml found = value(key);
        if (found == null) return List.of();
        if (!(found instanceof Yaml.Sequence sequence)) {
            problem(key, "must be a list");
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (Yaml each : sequence.items()) {
            if (each instanceof Yaml.Mapping inner) {
                sections.add(new Section(inner, item, context));
            } else {
                report("each of '" + key + "' must be a mapping", each.position(), "");
            }
        }
        return sections;
    }

    /// Reports keys that nobody asked for, and those that stand twice.
    public void end() {
        Set<String> seen = new LinkedHashSet<>();
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().value();
            if (!known.contains(key)) {
                report("unknown key '" + key + "'", entry.key().position(), Suggestion.of(key, known));
            } else if (!seen.add(key)) {
                report("'" + key + "' stands here twice", entry.key().position(), "");
            }
        }
    }
}
