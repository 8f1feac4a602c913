package dev.tiercel.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The part of a registry that serdes use: registers anything with the next id. The real ones are in module registry,
/// which imports this one.
final class FakeRegistry implements SchemaRegistry {

    private final List<RegisteredSchema> registered = new ArrayList<>();
    private int requests;

    /// How often a schema was asked for.
    int requests() {
        return requests;
    }

    @Override
    public int register(String subject, String schema) {
        return lookup(subject, schema).map(RegisteredSchema::id).orElseGet(() -> {
            int id = registered.size() + 1;
            registered.add(new RegisteredSchema(subject, versions(subject).size() + 1, id, schema));
            return id;
        });
    }

    @Override
    public String schema(int id) {
        requests++;
        if (id < 1 || id > registered.size()) {
            throw new RegistryException(RegistryException.Reason.UNKNOWN_SCHEMA, "no schema has id=" + id);
        }
        return registered.get(id - 1).schema();
    }

    @Override
    public Optional<RegisteredSchema> lookup(String subject, String schema) {
        return of(subject).stream()
                .filter(known -> known.schema().equals(schema))
                .findFirst();
    }

    @Override
    public List<String> subjects() {
        return registered.stream()
                .map(RegisteredSchema::subject)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<Integer> versions(String subject) {
        return of(subject).stream().map(RegisteredSchema::version).toList();
    }

    @Override
    public Optional<RegisteredSchema> version(String subject, int version) {
        return of(subject).stream().filter(known -> known.version() == version).findFirst();
    }

    @Override
    public Optional<RegisteredSchema> latest(String subject) {
        return of(subject).stream().reduce((earlier, later) -> later);
    }

    @Override
    public boolean isCompatible(String subject, String schema) {
        return true;
    }

    @Override
    public Optional<Compatibility> compatibility(String subject) {
        return Optional.empty();
    }

    @Override
    public void setCompatibility(String subject, Compatibility compatibility) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    private List<RegisteredSchema> of(String subject) {
        return registered.stream()
                .filter(known -> known.subject().equals(subject))
                .toList();
    }
}
