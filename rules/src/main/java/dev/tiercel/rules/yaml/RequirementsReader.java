package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;

/// Reads `required_engine_version` and `required_plugin_versions`.
final class RequirementsReader {

    private static final Set<String> PLUGIN_KEYS = Set.of("name", "version", "alternatives");
    private static final Set<String> ALTERNATIVE_KEYS = Set.of("name", "version");

    private final Problems problems;
    private final Map<String, String> plugins;
    private final Requirements requirements = new Requirements();

    /// @param plugins name and version of those that are loaded
    RequirementsReader(Problems problems, Map<String, String> plugins) {
        this.problems = problems;
        this.plugins = plugins;
    }

    /// The requirements read so far.
    Requirements requirements() {
        return requirements;
    }

    void readEngineVersion(MappingReader reader) throws ProblemException {
        Yaml.Scalar scalar = reader.scalar("required_engine_version");
        String text = scalar.value();
        OptionalLong number = MappingReader.natural(text, 31);
        Optional<SemanticVersion> required = number.isPresent()
                ? Optional.of(new SemanticVersion(0, (int) number.getAsLong(), 0))
                : SemanticVersion.parse(text);
        if (required.isEmpty()) {
            throw MappingReader.invalid(
                    "Unable to parse engine version '" + text
                            + "' as a semver string. Expected \"x.y.z\" semver format.",
                    scalar.position());
        }
        if (!SemanticVersion.ENGINE.serves(required.get())) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    "Rules require engine version " + required.get() + ", but engine version is "
                            + SemanticVersion.ENGINE,
                    scalar.position());
        }
        requirements.addEngine(required.get());
    }

    void readPluginVersions(MappingReader reader) throws ProblemException {
        Yaml value = reader.get("required_plugin_versions");
        if (!(value instanceof Yaml.Sequence sequence)) {
            throw MappingReader.invalid("Value of required_plugin_versions must be a sequence", reader.position());
        }
        for (Yaml item : sequence.items()) {
            if (!(item instanceof Yaml.Mapping mapping)) {
                throw MappingReader.invalid("Plugin version must be a mapping", item.position());
            }
            try {
                readPlugin(mapping);
            } catch (ProblemException problem) {
                problems.add(problem, new ItemName("required_plugin_versions", ""));
            }
        }
    }

    private void readPlugin(Yaml.Mapping mapping) throws ProblemException {
        List<Requirements.Plugin> wanted = new ArrayList<>();
        read(mapping, PLUGIN_KEYS, wanted);
        Yaml alternatives = mapping.get("alternatives");
        if (alternatives != null) {
            if (!(alternatives instanceof Yaml.Sequence sequence)) {
                throw MappingReader.invalid(
                        "Value of plugin version alternatives must be a sequence", alternatives.position());
            }
            for (Yaml alternative : sequence.items()) {
                if (!(alternative instanceof Yaml.Mapping other)) {
                    throw MappingReader.invalid("Plugin version alternative must be a mapping", alternative.position());
                }
                read(other, ALTERNATIVE_KEYS, wanted);
            }
        }
        requirements.addPlugin(wanted);
        String problem = unmet(wanted);
        if (!problem.isEmpty()) {
            problems.add(
                    Code.LOAD_ERR_VALIDATE,
                    problem,
                    mapping.position(),
                    new ItemName("required_plugin_versions", wanted.getFirst().name()));
        }
    }

    private void read(Yaml.Mapping mapping, Set<String> known, List<Requirements.Plugin> wanted)
            throws ProblemException {
        MappingReader reader = new MappingReader(mapping);
        String name = reader.string("name");
        RulesReader.warnUnknownKeys(problems, mapping, known, new ItemName("required_plugin_versions", name));
        String version = reader.string("version");
        if (SemanticVersion.parse(version).isEmpty()) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    "Invalid required version '" + version + "' for plugin '" + name + "'",
                    mapping.position());
        }
        if (wanted.stream().anyMatch(other -> other.name().equals(name))) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    "Defined multiple alternative version requirements for plugin '" + name + "'",
                    mapping.position());
        }
        wanted.add(new Requirements.Plugin(name, version));
    }

    /// Why a requirement is not met; empty: it is met. As in Falco the first loaded alternative decides.
    private String unmet(List<Requirements.Plugin> wanted) {
        StringJoiner names = new StringJoiner(", ");
        for (Requirements.Plugin plugin : wanted) {
            String present = plugins.get(plugin.name());
            if (present != null) {
                SemanticVersion least = SemanticVersion.parse(plugin.version()).orElseThrow();
                boolean serves = SemanticVersion.parse(present)
                        .map(version -> version.serves(least))
                        .orElse(false);
                return serves
                        ? ""
                        : "Plugin '" + plugin.name() + "' version '" + present
                                + "' is not compatible with required plugin version '" + plugin.version() + "'";
            }
            names.add(plugin.name() + " (>= " + plugin.version() + ")");
        }
        return "Plugin requirement not satisfied, must load one of: " + names;
    }
}
