package dev.tiercel.registry;

import dev.tiercel.schemas.AvroSchemas;
import dev.tiercel.schemas.Compatibility;
import dev.tiercel.schemas.RegisteredSchema;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.RegistryException.Reason;
import dev.tiercel.schemas.SchemaRegistry;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/// What a registry knows, and its rules: which id a schema gets, and whether it may be added. Not thread safe.
final class RegistryState {

    private static final Set<Compatibility> BACKWARD = EnumSet.of(
            Compatibility.BACKWARD,
            Compatibility.BACKWARD_TRANSITIVE,
            Compatibility.FULL,
            Compatibility.FULL_TRANSITIVE);
    private static final Set<Compatibility> FORWARD = EnumSet.of(
            Compatibility.FORWARD, Compatibility.FORWARD_TRANSITIVE, Compatibility.FULL, Compatibility.FULL_TRANSITIVE);
    private static final Set<Compatibility> TRANSITIVE = EnumSet.of(
            Compatibility.BACKWARD_TRANSITIVE, Compatibility.FORWARD_TRANSITIVE, Compatibility.FULL_TRANSITIVE);

    private final Map<String, TreeMap<Integer, RegisteredSchema>> subjects = new TreeMap<>();
    private final Map<String, Compatibility> rules = new HashMap<>();
    private final Map<Integer, String> byId = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private int lastId;

    RegistryState() {
        rules.put(SchemaRegistry.ALL_SUBJECTS, Compatibility.BACKWARD);
    }

    /// What registering would add, not added yet; the version there is already, if there is one.
    RegisteredSchema plan(String subject, String text) {
        Schema schema = AvroSchemas.parse(text);
        String canonical = schema.toString();
        Optional<RegisteredSchema> known = find(subject, canonical);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<String> conflict = conflict(subject, schema);
        if (conflict.isPresent()) {
            throw new RegistryException(Reason.INCOMPATIBLE, conflict.get());
        }
        TreeMap<Integer, RegisteredSchema> versions = subjects.getOrDefault(subject, new TreeMap<>());
        int version = versions.isEmpty() ? 1 : versions.lastKey() + 1;
        return new RegisteredSchema(subject, version, ids.getOrDefault(canonical, lastId + 1), canonical);
    }

    /// Adds what was planned, or what a log says.
    void apply(RegisteredSchema added) {
        subjects.computeIfAbsent(added.subject(), subject -> new TreeMap<>()).put(added.version(), added);
        byId.put(added.id(), added.schema());
        ids.putIfAbsent(added.schema(), added.id());
        lastId = Math.max(lastId, added.id());
    }

    void apply(String subject, Compatibility compatibility) {
        rules.put(subject, compatibility);
    }

    Optional<String> schema(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<RegisteredSchema> lookup(String subject, String text) {
        return find(subject, AvroSchemas.parse(text).toString());
    }

    private Optional<RegisteredSchema> find(String subject, String canonical) {
        return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
                .filter(version -> version.schema().equals(canonical))
                .findFirst();
    }

    List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    List<Integer> versions(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).keySet());
    }

    Optional<RegisteredSchema> version(String subject, int version) {
        return Optional.ofNullable(
                subjects.getOrDefault(subject, new TreeMap<>()).get(version));
    }

    Optional<RegisteredSchema> latest(String subject) {
        return Optional.ofNullable(subjects.get(subject))
                .map(versions -> versions.lastEntry().getValue());
    }

    boolean isCompatible(String subject, String text) {
        return conflict(subject, AvroSchemas.parse(text)).isEmpty();
    }

    Optional<Compatibility> compatibility(String subject) {
        return Optional.ofNullable(rules.get(subject));
    }

    /// Why the schema may not be added; empty: it may.
    private Optional<String> conflict(String subject, Schema added) {
        Compatibility rule = rules.getOrDefault(subject, rules.get(SchemaRegistry.ALL_SUBJECTS));
        TreeMap<Integer, RegisteredSchema> versions = subjects.get(subject);
        if (versions == null || rule == null) {
            return Optional.empty();
        }
        var compared = TRANSITIVE.contains(rule) ? versions : versions.tailMap(versions.lastKey());
        return compared.values().stream()
                .flatMap(earlier -> conflict(rule, added, earlier).stream())
                .findFirst();
    }

    /// Why the schema breaks the rule towards one version; empty: it does not.
    static Optional<String> conflict(Compatibility rule, Schema added, RegisteredSchema earlier) {
        Schema old = AvroSchemas.parse(earlier.schema());
        Optional<String> conflict = BACKWARD.contains(rule) ? unreadable(added, old) : Optional.empty();
        if (conflict.isEmpty() && FORWARD.contains(rule)) {
            conflict = unreadable(old, added);
        }
        return conflict.map(text -> "Schema being registered is incompatible with version " + earlier.version()
                + " of subject \"" + earlier.subject() + "\" (" + rule + "): " + text);
    }

    private static Optional<String> unreadable(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        return result.getCompatibility() == SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE
                ? Optional.empty()
                : Optional.of(String.valueOf(result.getIncompatibilities()));
    }
}
