package dev.tiercel.ruletools.testing;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Named events, and the events that tests derive from them.
///
/// An event is layered from its `like` (or that of the defaults), the defaults, and its own fields; the fields
/// implied by each layer ([RuleTestImplied]) are added with it. A `document` is layered in the same way
/// ([RuleTestDocuments]); an event has either fields or a document.
final class RuleTestEvents {

    private static final String LIKE = "like";
    private static final String DOCUMENT = "document";
    private static final String SOURCE = "source";
    private static final String BUILT_IN = "test-events.yaml";

    private final List<References> references;
    private final Set<String> sources;
    private final Map<String, Layer> named = new LinkedHashMap<>();
    private Layer defaults = new Layer(List.of(), "", Map.of(), Set.of(), null);

    /// A layer of fields, or of a document.
    ///
    /// @param like the layers below
    /// @param source empty: it does not say
    /// @param absent fields to remove
    /// @param document null: none
    private record Layer(
            List<Layer> like,
            String source,
            Map<String, Object> fields,
            Set<String> absent,
            @Nullable Yaml document) {}

    /// The built-in events, over the fields of `sources`, those of syscall first.
    RuleTestEvents(Map<String, FieldCatalog> sources) throws ProblemException {
        this.sources = sources.keySet();
        references = sources.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, FieldCatalog> source) ->
                                !source.getKey().equals(FieldCatalog.SYSCALL))
                        .thenComparing(Map.Entry::getKey))
                .map(source -> new References(source.getValue()))
                .toList();
        RuleFile file = new RuleFile(BUILT_IN, builtIn());
        for (Yaml document : Yaml.parse(file.source())) {
            if (document instanceof Yaml.Mapping events) {
                define(events);
            }
        }
    }

    private static String builtIn() {
        try (InputStream in = Objects.requireNonNull(RuleTestEvents.class.getResourceAsStream(BUILT_IN), BUILT_IN)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + BUILT_IN, e);
        }
    }

    /// Defines events that later ones can refer to by `like`.
    void define(Yaml.Mapping events) throws ProblemException {
        for (Yaml.Entry entry : events.entries()) {
            if (!(entry.value() instanceof Yaml.Mapping fields)) {
                throw RuleTestReader.invalid(
                        "Expected the fields of an event", entry.value().position());
            }
            named.put(entry.key().value(), layer(fields));
        }
    }

    /// Sets the default layers and fields of events.
    void defaults(Yaml.Mapping fields) throws ProblemException {
        defaults = layer(fields);
    }

    /// Builds an event.
    RuleTestCase.Event complete(Yaml.Mapping fields, RuleTestCase.@Nullable When when) throws ProblemException {
        Layer own = layer(fields);
        List<Layer> like = own.like().isEmpty() ? defaults.like() : own.like();
        Map<String, Object> event = new LinkedHashMap<>();
        like.forEach(layer -> put(layer, event));
        putOwn(defaults, event);
        putOwn(own, event);
        Yaml document = null;
        for (Layer layer : like) {
            document = document(layer, document);
        }
        document = RuleTestDocuments.merge(RuleTestDocuments.merge(document, defaults.document()), own.document());
        if (document != null && !event.isEmpty()) {
            throw RuleTestReader.invalid("An event has either fields or a document", fields.position());
        }
        String source = source(own.source().isEmpty() ? defaults : own, like);
        return new RuleTestCase.Event(source, event, document == null ? "" : RuleTestDocuments.json(document), when);
    }

    /// The source that a layer names, or else one of those below it; empty: none does.
    private static String source(Layer layer, List<Layer> like) {
        String source = layer.source();
        for (int i = like.size() - 1; i >= 0 && source.isEmpty(); i--) {
            source = source(like.get(i), like.get(i).like());
        }
        return source;
    }

    private static @Nullable Yaml document(Layer layer, @Nullable Yaml below) throws ProblemException {
        Yaml document = below;
        for (Layer like : layer.like()) {
            document = document(like, document);
        }
        return RuleTestDocuments.merge(document, layer.document());
    }

    private static void put(Layer layer, Map<String, Object> event) {
        layer.like().forEach(below -> put(below, event));
        putOwn(layer, event);
    }

    private static void putOwn(Layer layer, Map<String, Object> event) {
        RuleTestImplied.by(layer.fields(), event);
        event.putAll(layer.fields());
        event.keySet().removeAll(layer.absent());
    }

    private Layer layer(Yaml.Mapping mapping) throws ProblemException {
        List<Layer> like = new ArrayList<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        Set<String> absent = new LinkedHashSet<>();
        Yaml document = null;
        String source = "";
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().value();
            if (key.equals(LIKE)) {
                for (Yaml.Scalar name : RuleTestReader.scalars(entry.value())) {
                    like.add(named(name));
                }
            } else if (key.equals(DOCUMENT)) {
                document = entry.value();
            } else if (key.equals(SOURCE)) {
                source = known(RuleTestReader.scalar(entry.value()));
            } else if (entry.value() instanceof Yaml.Scalar scalar && scalar.isNull()) {
                absent.add(resolve(entry.key()).text());
            } else {
                FieldReference reference = resolve(entry.key());
                fields.put(key, RuleTestValues.value(reference, entry.value()));
            }
        }
        return new Layer(like, source, fields, absent, document);
    }

    private String known(Yaml.Scalar source) throws ProblemException {
        if (!sources.contains(source.value())) {
            throw new ProblemException(
                    Code.RULE_TEST_INVALID,
                    "Unknown source '" + source.value() + "'",
                    source.position(),
                    Suggestion.of(source.value(), sources));
        }
        return source.value();
    }

    private Layer named(Yaml.Scalar name) throws ProblemException {
        Layer layer = named.get(name.value());
        if (layer == null) {
            throw new ProblemException(
                    Code.RULE_TEST_INVALID,
                    "No event is called '" + name.value() + "'",
                    name.position(),
                    Suggestion.of(name.value(), named.keySet()));
        }
        return layer;
    }

    /// The field called `key` in the first catalogue that has it.
    private FieldReference resolve(Yaml.Scalar key) throws ProblemException {
        References.Resolved first = null;
        for (References candidates : references) {
            References.Resolved resolved = candidates.resolve(key.value(), null);
            if (resolved.reference() != null) {
                return resolved.reference();
            }
            first = first == null ? resolved : first;
        }
        String problem = first == null || first.unknown() ? "Unknown field " + key.value() : first.problem();
        throw new ProblemException(Code.RULE_TEST_INVALID, problem, key.position(), first == null ? "" : first.hint());
    }
}
