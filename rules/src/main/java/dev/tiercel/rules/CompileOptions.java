package dev.tiercel.rules;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.rules.engine.BackEnd;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.yaml.Priority;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compiler options. Immutable; start from [#defaults()].
///
/// @param sources known event sources and their fields; rules of other sources are skipped with a warning
/// @param plugins names and versions that satisfy `required_plugin_versions`
/// @param minimumPriority rules of lower priority are not loaded
/// @param selections applied in order after loading
/// @param extraOutputs applied in order to the rules they match
/// @param staticFields values of `static.NAME` by name, in conditions and outputs; each is among the output fields
/// @param feeds items of `feed:NAME` by name; one that is not here is empty
/// @param backEnd what rules are compiled to
public record CompileOptions(
        Map<String, FieldCatalog> sources,
        Map<String, String> plugins,
        RuleMatching matching,
        Priority minimumPriority,
        List<RuleSelection> selections,
        List<ExtraOutput> extraOutputs,
        Map<String, String> staticFields,
        Map<String, List<String>> feeds,
        BackEnd backEnd) {

    /// The official plugins of source k8s_audit; those of managed clusters have the fields of the first.
    private static final List<String> K8S_AUDIT_PLUGINS =
            List.of("k8saudit", "k8saudit-gke", "k8saudit-eks", "k8saudit-aks", "k8saudit-ovh");

    public CompileOptions {
        sources = Map.copyOf(sources);
        plugins = Map.copyOf(plugins);
        selections = List.copyOf(selections);
        extraOutputs = List.copyOf(extraOutputs);
        staticFields = Map.copyOf(staticFields);
        feeds = Map.copyOf(feeds);
    }

    /// All known event sources, first match, all priorities.
    public static CompileOptions defaults() {
        Map<String, String> plugins = new HashMap<>(Map.of(
                "container", "0.7.0",
                "json", "0.7.3",
                "cloudtrail", "0.14.0",
                "gcpaudit", "0.7.0",
                "github", "0.10.0",
                "okta", "0.13.0",
                "krsi", "0.2.0"));
        K8S_AUDIT_PLUGINS.forEach(plugin -> plugins.put(plugin, "0.18.0"));
        return new CompileOptions(
                FieldCatalog.bySource(),
                plugins,
                RuleMatching.FIRST,
                Priority.DEBUG,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                BackEnd.GENERATED);
    }

    /// The same with other sources.
    public CompileOptions withSources(Map<String, FieldCatalog> value) {
        return new CompileOptions(
                value, plugins, matching, minimumPriority, selections, extraOutputs, staticFields, feeds, backEnd);
    }

    /// The same with other plugin versions.
    public CompileOptions withPlugins(Map<String, String> value) {
        return new CompileOptions(
                sources, value, matching, minimumPriority, selections, extraOutputs, staticFields, feeds, backEnd);
    }

    /// The same with another matching.
    public CompileOptions withMatching(RuleMatching value) {
        return new CompileOptions(
                sources, plugins, value, minimumPriority, selections, extraOutputs, staticFields, feeds, backEnd);
    }

    /// The same with another minimum priority.
    public CompileOptions withMinimumPriority(Priority value) {
        return new CompileOptions(
                sources, plugins, matching, value, selections, extraOutputs, staticFields, feeds, backEnd);
    }

    /// The same with other selections.
    public CompileOptions withSelections(List<RuleSelection> value) {
        return new CompileOptions(
                sources, plugins, matching, minimumPriority, value, extraOutputs, staticFields, feeds, backEnd);
    }

    /// The same with other extra outputs.
    public CompileOptions withExtraOutputs(List<ExtraOutput> value) {
        return new CompileOptions(
                sources, plugins, matching, minimumPriority, selections, value, staticFields, feeds, backEnd);
    }

    /// The same with other static fields.
    public CompileOptions withStaticFields(Map<String, String> value) {
        return new CompileOptions(
                sources, plugins, matching, minimumPriority, selections, extraOutputs, value, feeds, backEnd);
    }

    /// The same with other feeds.
    public CompileOptions withFeeds(Map<String, List<String>> value) {
        return new CompileOptions(
                sources, plugins, matching, minimumPriority, selections, extraOutputs, staticFields, value, backEnd);
    }

    /// The same with another back end.
    public CompileOptions withBackEnd(BackEnd value) {
        return new CompileOptions(
                sources, plugins, matching, minimumPriority, selections, extraOutputs, staticFields, feeds, value);
    }
}
