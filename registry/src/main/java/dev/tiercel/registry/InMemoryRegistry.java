package dev.tiercel.registry;

import dev.tiercel.schemas.Compatibility;
import dev.tiercel.schemas.RegisteredSchema;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.SchemaRegistry;
import java.util.List;
import java.util.Optional;

/// A registry that lives as long as its object: for tests, and for replays that reach no broker.
public final class InMemoryRegistry implements SchemaRegistry {

    private final RegistryState state = new RegistryState();

    /// An empty registry.
    public InMemoryRegistry() {}

    @Override
    public synchronized int register(String subject, String schema) {
        RegisteredSchema added = state.plan(subject, schema);
        state.apply(added);
        return added.id();
    }

    @Override
    public synchronized String schema(int id) {
        return state.schema(id)
                .orElseThrow(
                        () -> new RegistryException(RegistryException.Reason.UNKNOWN_SCHEMA, "no schema has id=" + id));
    }

    @Override
    public synchronized Optional<RegisteredSchema> lookup(String subject, String schema) {
        return state.lookup(subject, schema);
    }

    @Override
    public synchronized List<String> subjects() {
        return state.subjects();
    }

    @Override
    public synchronized List<Integer> versions(String subject) {
        return state.versions(subject);
    }

    @Override
    public synchronized Optional<RegisteredSchema> version(String subject, int version) {
        return state.version(subject, version);
    }

    @Override
    public synchronized Optional<RegisteredSchema> latest(String subject) {
        return state.latest(subject);
    }

    @Override
    public synchronized boolean isCompatible(String subject, String schema) {
        return state.isCompatible(subject, schema);
    }

    @Override
    public synchronized Optional<Compatibility> compatibility(String subject) {
        return state.compatibility(subject);
    }

    @Override
    public synchronized void setCompatibility(String subject, Compatibility compatibility) {
        state.apply(subject, compatibility);
    }

    @Override
    public void close() {}
}
