package dev.tiercel.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Parser;
import dev.tiercel.rules.yaml.ExceptionItem;
import dev.tiercel.rules.yaml.ListItem;
import dev.tiercel.rules.yaml.MacroItem;
import dev.tiercel.rules.yaml.Requirements;
import dev.tiercel.rules.yaml.RuleItem;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.RawText;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Describes rules files, as written and as compiled, in the JSON that `falco -L` prints.
public final class RulesDescription {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final CheckedFiles loaded;
    private final PluginsUsed plugins;

    private RulesDescription(CheckedFiles loaded, CompileOptions options) {
        this.loaded = loaded;
        this.plugins = new PluginsUsed(options.plugins().keySet());
    }

    /// Describes the rule called `rule`; if that is empty all rules, macros, lists and requirements. Rules with
    /// errors are left out.
    public static String json(List<RuleFile> files, CompileOptions options, String rule) {
        RulesDescription description = new RulesDescription(CheckedFiles.of(files, options), options);
        ObjectNode root = rule.isEmpty() ? description.all() : description.only(rule);
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of text and numbers prints", e);
        }
    }

    private ObjectNode only(String name) {
        ObjectNode root = NODES.objectNode();
        ArrayNode rules = root.putArray("rules");
        for (CheckedRule rule : loaded.rules()) {
            if (rule.item().name.equals(name)) {
                rules.add(rule(rule));
            }
        }
        return root;
    }

    private ObjectNode all() {
        ObjectNode root = NODES.objectNode();
        Requirements requirements = loaded.requirements();
        root.put("required_engine_version", requirements.engine());
        ArrayNode versions = root.putArray("required_plugin_versions");
        requirements.plugins().forEach(plugin -> versions.add(plugin(plugin)));
        ArrayNode rules = root.putArray("rules");
        loaded.rules().forEach(rule -> rules.add(rule(rule)));
        ArrayNode macros = root.putArray("macros");
        loaded.definitions().macros().forEach(macro -> macros.add(macro(macro)));
        ArrayNode lists = root.putArray("lists");
        loaded.definitions().lists().forEach(list -> lists.add(list(list)));
        return root;
    }

    private static ObjectNode plugin(List<Requirements.Plugin> alternatives) {
        ObjectNode node = NODES.objectNode();
        node.put("name", alternatives.getFirst().name());
        node.put("version", alternatives.getFirst().version());
        ArrayNode others = node.putArray("alternatives");
        for (Requirements.Plugin plugin : alternatives.subList(1, alternatives.size())) {
            others.addObject().put("name", plugin.name()).put("version", plugin.version());
        }
        return node;
    }

    private ObjectNode rule(CheckedRule rule) {
        RuleItem item = rule.item();
        ObjectNode node = NODES.objectNode();
        ObjectNode info = node.putObject("info");
        info.put("name", item.name);
        info.put("condition", item.condition.value());
        info.put("priority", item.priority.label());
        info.put("output", item.output.value());
        info.put("description", item.description);
        info.put("enabled", item.enabled);
        info.put("source", item.source);
        info.set("tags", texts(item.tags));
        info.put("capture", item.capture.enabled());
        info.put("capture_duration", item.capture.millis());
        info.put("capture_events", item.capture.events());
        info.put("capture_filesize", item.capture.fileSize());
        ObjectNode details = node.putObject("details");
        Ast written = parsed(item.condition, item.position, rule.condition().ast());
        Ast expanded = expanded(rule.condition().ast());
        ConditionDetails compiled = details(expanded);
        mentioned(details, details(written));
        condition(details, compiled);
        Set<String> output = OutputFields.names(rule.output(), loaded.checker().references(item.source));
        details.set("output_fields", texts(output));
        exceptions(details, item);
        details.set("events", events(rule.eventTypes()));
        Set<String> fields = new TreeSet<>(compiled.fields);
        fields.addAll(output);
        details.set("plugins", texts(plugins.of(item.source, fields)));
        details.put("condition_compiled", RawText.sanitised(expanded.print()));
        details.put("output_compiled", rule.output().value());
        ObjectNode extra = details.putObject("extra_output_formatted_fields");
        rule.extraFields().forEach(field -> extra.put(field.field(), field.format()));
        return node;
    }

    private static void exceptions(ObjectNode details, RuleItem item) {
        Set<String> names = new TreeSet<>();
        Set<String> operators = new TreeSet<>();
        Set<String> fields = new TreeSet<>();
        for (ExceptionItem exception : item.exceptions) {
            names.add(exception.name);
            collect(exception.comps, operators);
            if (!exception.values.isEmpty()) {
                collect(exception.fields, fields);
            }
        }
        details.set("exception_names", texts(names));
        details.set("exception_operators", texts(operators));
        details.set("exception_fields", texts(fields));
    }

    private static void collect(ExceptionItem.@org.jspecify.annotations.Nullable Entry entry, Set<String> into) {
        switch (entry) {
            case ExceptionItem.Entry.One(LocatedText text) -> into.add(text.value());
            case ExceptionItem.Entry.Many(var entries) -> entries.forEach(inner -> collect(inner, into));
            case null -> {}
        }
    }

    private ObjectNode macro(MacroItem macro) {
        ObjectNode node = NODES.objectNode();
        node.putObject("info").put("name", macro.name).put("condition", macro.condition.value());
        ObjectNode details = node.putObject("details");
        details.put("used", loaded.checker().isUsed(macro));
        Ast compiled = loaded.checker().tree(macro);
        if (compiled == null) {
            return node; // no rule can use it
        }
        Ast all = expanded(compiled);
        ConditionDetails expanded = details(all);
        mentioned(details, details(parsed(macro.condition, macro.position, compiled)));
        condition(details, expanded);
        details.set("events", events(loaded.checker().eventTypes(macro)));
        details.set("plugins", texts(plugins.of("", expanded.fields)));
        details.put("condition_compiled", RawText.sanitised(all.print()));
        return node;
    }

    private ObjectNode list(ListItem list) {
        ObjectNode node = NODES.objectNode();
        ObjectNode info = node.putObject("info");
        info.put("name", list.name);
        ArrayNode items = info.putArray("items");
        ObjectNode details = node.putObject("details");
        Set<String> lists = new TreeSet<>();
        for (LocatedText item : list.items) {
            if (loaded.definitions().list(item.value()) == null) {
                items.add(item.value());
            } else {
                lists.add(item.value());
            }
        }
        details.put("used", loaded.checker().isUsed(list));
        details.set("lists", texts(lists));
        details.putArray("plugins");
        ArrayNode compiled = details.putArray("items_compiled");
        loaded.checker().items(list).forEach(item -> compiled.add(item.value()));
        return node;
    }

    /// Names as written, before anything is expanded.
    private static void mentioned(ObjectNode node, ConditionDetails details) {
        node.set("macros", texts(details.macros));
        node.set("lists", texts(details.lists));
    }

    private static void condition(ObjectNode node, ConditionDetails details) {
        node.set("condition_operators", texts(details.operators));
        node.set("condition_fields", texts(details.fields));
    }

    private ConditionDetails details(Ast ast) {
        return ConditionDetails.of(ast, name -> loaded.definitions().list(name) != null);
    }

    private Ast expanded(Ast ast) {
        return loaded.checker().expanded(ast);
    }

    /// The tree of `condition` as written; `otherwise` if it has one only after its lists are expanded.
    private static Ast parsed(LocatedText condition, SourcePosition position, Ast otherwise) {
        try {
            return Parser.condition(condition, position);
        } catch (ProblemException problem) {
            return otherwise;
        }
    }

    private static ArrayNode events(Set<EventType> types) {
        Set<String> names = new TreeSet<>();
        types.forEach(type -> names.add(type.eventName()));
        return texts(names);
    }

    private static ArrayNode texts(Collection<String> values) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
