package dev.tiercel.rules;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/// Reads `required_engine_version` and `required_plugin_versions`.
final class RequirementsReader {

    private final Problems problems;
    private final Map<String, String> plugins;

    RequirementsReader(Problems problems, Map<String, String> plugins) {
        this.problems = problems;
        this.plugins = plugins;
    }

    void readEngineVersion(Keys keys) throws RuleProblem {
        Yaml.Scalar scalar = keys.scalar("required_engine_version");
        String text = scalar.value();
        boolean number = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        Optional<Version> required =
                number ? Optional.of(new Version(0, Integer.parseInt(text), 0)) : Version.parse(text);
        if (required.isEmpty()) {
            throw Keys.invalid(
                    "Unable to parse engine version '" + text
                            + "' as a semver string. Expected \"x.y.z\" semver format.",
                    scalar.place());
        }
        if (!Version.ENGINE.serves(required.get())) {
            throw new RuleProblem(
                    Code.LOAD_ERR_VALIDATE,
                    "Rules require engine version " + required.get() + ", but engine version is " + Version.ENGINE,
                    scalar.place());
        }
    }

    void readPluginVersions(Keys keys) throws RuleProblem {
        Yaml value = keys.get("required_plugin_versions");
        if (!(value instanceof Yaml.Sequence sequence)) {
            throw Keys.invalid("Value of required_plugin_versions must be a sequence", keys.place());
        }
        for (Yaml item : sequence.items()) {
            if (!(item instanceof Yaml.Mapping mapping)) {
                throw Keys.invalid("Plugin version must be a mapping", item.place());
            }
            readPlugin(mapping);
        }
    }

    private void readPlugin(Yaml.Mapping mapping) throws RuleProblem {
        Set<String> names = new HashSet<>();
        StringJoiner wanted = new StringJoiner(" or ");
        boolean met = met(mapping, names, wanted);
        Yaml alternatives = mapping.get("alternatives");
        if (alternatives != null) {
            if (!(alternatives instanceof Yaml.Sequence sequence)) {
                throw Keys.invalid("Value of plugin version alternatives must be a sequence", alternatives.place());
            }
            for (Yaml alternative : sequence.items()) {
                if (!(alternative instanceof Yaml.Mapping other)) {
                    throw Keys.invalid("Plugin version alternative must be a mapping", alternative.place());
                }
                met |= met(other, names, wanted);
            }
        }
        if (!met) {
            problems.add(
                    Code.LOAD_ERR_VALIDATE,
                    "Plugin requirement not satisfied, must load one of: " + wanted,
                    mapping.place(),
                    new Diagnostic.Item("required_plugin_versions", ""));
        }
    }

    private boolean met(Yaml.Mapping mapping, Set<String> names, StringJoiner wanted) throws RuleProblem {
        Keys keys = new Keys(mapping);
        String name = keys.string("name");
        String text = keys.string("version");
        Version version = Version.parse(text)
                .orElseThrow(() -> new RuleProblem(
                        Code.LOAD_ERR_VALIDATE,
                        "Invalid required version '" + text + "' for plugin '" + name + "'",
                        mapping.place()));
        if (!names.add(name)) {
            throw new RuleProblem(
                    Code.LOAD_ERR_VALIDATE,
                    "Defined multiple alternative version requirements for plugin '" + name + "'",
                    mapping.place());
        }
        wanted.add(name + " (>= " + version + ")");
        String present = plugins.get(name);
        return present != null
                && Version.parse(present).map(v -> v.serves(version)).orElse(false);
    }
}
