package dev.tiercel.rules.yaml;

import com.google.re2j.Pattern;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the items of rules files into [Definitions]. An invalid item is reported and skipped.
public final class RulesReader {

    /// Key of items that hold unit tests of rules; skipped here.
    public static final String TESTS = "tests";

    static final String APPEND_DEPRECATED =
            "'append' key is deprecated. Add an 'append' entry (e.g. 'condition: append')"
                    + " under 'override' instead.";
    static final String OVERRIDE_AND_APPEND =
            "Keys 'override' and 'append: true' cannot be used together. Add an 'append'"
                    + " entry (e.g. 'condition: append') under 'override' instead.";

    private static final List<String> KINDS = List.of(
            "required_engine_version",
            "required_plugin_versions",
            "list",
            "macro",
            "correlation",
            "signal",
            "rule",
            TESTS);
    private static final Pattern MACRO_NAME = Pattern.compile("[a-zA-Z]+[a-zA-Z0-9_]*");
    private static final Pattern LIST_NAME = Pattern.compile("[^()\"'\\s=,]+");
    private static final Set<String> LIST_KEYS = Set.of("list", "items", "append", "override");
    private static final Set<String> MACRO_KEYS = Set.of("macro", "condition", "append", "override");

    private final Definitions definitions;
    private final Problems problems;
    private final RuleReader rules;
    private final RequirementsReader requirements;
    private int items;

    /// @param plugins name and version of those that are loaded
    public RulesReader(Definitions definitions, Problems problems, Map<String, String> plugins) {
        this.definitions = definitions;
        this.problems = problems;
        this.rules = new RuleReader(definitions, problems);
        this.requirements = new RequirementsReader(problems, plugins);
    }

    /// The version of Falco's engine whose language this implements: what `required_engine_version` is compared with.
    public static String engineVersion() {
        return SemanticVersion.ENGINE.toString();
    }

    /// The requirements of the files read so far.
    public Requirements requirements() {
        return requirements.requirements();
    }

    /// Reads all of `file`.
    public void read(SourceFile file) {
        try {
            for (Yaml document : Yaml.parse(file)) {
                readDocument(document);
            }
        } catch (ProblemException problem) {
            problems.add(problem, ItemName.NONE);
        }
    }

    private void readDocument(Yaml document) throws ProblemException {
        if (!(document instanceof Yaml.Sequence sequence)) {
            String problem = document instanceof Yaml.Mapping
                    ? "Rules content is not yaml array of objects"
                    : "Rules content is not yaml";
            problems.add(MappingReader.invalid(problem, document.position()), ItemName.NONE);
            return;
        }
        for (Yaml item : sequence.items()) {
            count(item);
            readItem(item);
        }
    }

    private void count(Yaml item) throws ProblemException {
        if (++items > Limits.ITEMS) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE, "More than " + Limits.ITEMS + " rules, macros and lists", item.position());
        }
    }

    private void readItem(Yaml item) {
        if (item instanceof Yaml.Scalar scalar && scalar.isNull()) {
            return;
        }
        if (!(item instanceof Yaml.Mapping mapping)) {
            problems.add(
                    MappingReader.invalid(
                            "Unexpected element type. Each element should be a yaml associative array.",
                            item.position()),
                    ItemName.NONE);
            return;
        }
        MappingReader reader = new MappingReader(mapping);
        ItemName what = describe(mapping);
        try {
            readItem(mapping, reader, what);
        } catch (ProblemException problem) {
            definitions.broken(what);
            problems.add(problem, what);
        }
    }

    private void readItem(Yaml.Mapping mapping, MappingReader reader, ItemName what) throws ProblemException {
        if (what.type().startsWith("required_")) {
            warnUnknownKeys(problems, mapping, Set.of(what.type()), what);
        }
        switch (what.type()) {
            case "required_engine_version" -> requirements.readEngineVersion(reader);
            case "required_plugin_versions" -> requirements.readPluginVersions(reader);
            case "list" -> readList(mapping, reader, what);
            case "macro" -> readMacro(mapping, reader, what);
            case "rule", "signal", "correlation" -> rules.read(ItemKind.of(what.type()), mapping, reader, what);
            case TESTS -> {} // Falco skips them with a warning
            default -> problems.add(Code.LOAD_UNKNOWN_ITEM, "Unknown top level item", mapping.position(), what);
        }
    }

    private static ItemName describe(Yaml.Mapping mapping) {
        String kind = kind(mapping);
        String name =
                mapping.get(kind) instanceof Yaml.Scalar scalar && !kind.startsWith("required") ? scalar.value() : "";
        return kind.isEmpty() ? ItemName.NONE : new ItemName(kind, name);
    }

    /// The key that determines the kind of an item; empty: unknown kind.
    public static String kind(Yaml.Mapping mapping) {
        return KINDS.stream().filter(mapping::has).findFirst().orElse("");
    }

    private void readList(Yaml.Mapping mapping, MappingReader reader, ItemName what) throws ProblemException {
        warnUnknownKeys(problems, mapping, LIST_KEYS, what);
        String name = reader.string("list");
        if (!LIST_NAME.matcher(name).matches()) {
            warn(
                    Code.LOAD_INVALID_LIST_NAME,
                    "List has an invalid name. List names should match a regular expression: ([^()\"'[:space:]=,]+)",
                    reader,
                    what);
        }
        ReportingReader reporting = new ReportingReader(problems, what);
        ListItem list = new ListItem(name, reader.position(), reporting.read(() -> reader.texts("items"), List.of()));
        if (appends(reader, "items", what)) {
            definitions.append(list);
        } else {
            definitions.define(list);
        }
    }

    private void readMacro(Yaml.Mapping mapping, MappingReader reader, ItemName what) throws ProblemException {
        warnUnknownKeys(problems, mapping, MACRO_KEYS, what);
        String name = reader.string("macro");
        if (!MACRO_NAME.matcher(name).matches()) {
            warn(
                    Code.LOAD_INVALID_MACRO_NAME,
                    "Macro has an invalid name. Macro names should match a regular expression: ([a-zA-Z]+[a-zA-Z0-9_]*)",
                    reader,
                    what);
        }
        ReportingReader reporting = new ReportingReader(problems, what);
        LocatedText none = LocatedText.at(reader.position(), "");
        MacroItem macro = new MacroItem(name, reader.position(), reporting.read(() -> reader.text("condition"), none));
        boolean append = appends(reader, "condition", what);
        if (reporting.refused()) {
            definitions.broken(what);
        } else if (append) {
            definitions.append(macro);
        } else {
            definitions.define(macro);
        }
    }

    /// Whether a list or macro appends to an earlier one.
    private boolean appends(MappingReader reader, String key, ItemName what) throws ProblemException {
        boolean append = reader.bool("append", false);
        if (append) {
            warn(Code.LOAD_DEPRECATED_ITEM, APPEND_DEPRECATED, reader, what);
        }
        Overrides overrides = Overrides.read(reader, new ReportingReader(problems, what), Set.of(key), Set.of(key));
        if (append && !overrides.isEmpty()) {
            throw MappingReader.invalid(OVERRIDE_AND_APPEND, reader.position());
        }
        return append || overrides.append().contains(key);
    }

    private void warn(Code code, String message, MappingReader reader, ItemName what) {
        problems.add(code, message, reader.position(), what);
    }

    static void warnUnknownKeys(Problems problems, Yaml.Mapping mapping, Set<String> known, ItemName what) {
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().value();
            if (!known.contains(key)) {
                problems.add(
                        Code.LOAD_UNKNOWN_KEY,
                        "Unknown key '" + key + "'. The key will be ignored.",
                        entry.key().position(),
                        what,
                        Suggestion.of(key, new ArrayList<>(known)));
            }
        }
    }
}
