package dev.tiercel.fields;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The fields available to rules of one event source. Immutable.
///
/// Read once from the resource `fields.tsv`. Fields of events in general and those of JSON documents are in every
/// catalogue; the others belong to one source each.
public final class FieldCatalog {

    /// The default event source.
    public static final String SYSCALL = "syscall";

    /// The source of any JSON: it has the fields that every source has, and no others.
    public static final String JSON = "json";

    private static final FieldCatalog COMPLETE = new FieldCatalog(FieldResource.read("fields.tsv"));
    private static final Map<String, FieldCatalog> BY_SOURCE = split(COMPLETE);

    private final List<FieldClass> classes;
    private final Map<String, FieldDefinition> byName = new LinkedHashMap<>();

    private FieldCatalog(List<FieldClass> classes) {
        this.classes = List.copyOf(classes);
        for (FieldClass group : classes) {
            for (FieldDefinition field : group.fields()) {
                if (byName.put(field.name(), field) != null) {
                    throw new IllegalStateException("defined twice: " + field.name());
                }
            }
        }
    }

    private static Map<String, FieldCatalog> split(FieldCatalog complete) {
        Map<String, FieldCatalog> catalogs = new LinkedHashMap<>();
        for (FieldClass group : complete.classes) {
            if (!group.source().isEmpty()) {
                catalogs.computeIfAbsent(group.source(), source -> complete.only(known -> known.isOf(source)));
            }
        }
        catalogs.put(JSON, complete.only(known -> known.isOf(JSON)));
        return Collections.unmodifiableMap(catalogs);
    }

    /// The fields of system-call events, the default event source.
    public static FieldCatalog syscall() {
        return BY_SOURCE.getOrDefault(SYSCALL, COMPLETE);
    }

    /// Event source to its catalogue, for every source that has one; `syscall` first.
    public static Map<String, FieldCatalog> bySource() {
        return BY_SOURCE;
    }

    /// The fields of all sources: for listings, not for checking rules.
    public static FieldCatalog complete() {
        return COMPLETE;
    }

    /// The classes that `wanted` accepts, with all their fields.
    public FieldCatalog only(Predicate<FieldClass> wanted) {
        return new FieldCatalog(classes.stream().filter(wanted).toList());
    }

    /// The fields that `wanted` accepts; classes without one are left out.
    public FieldCatalog onlyFields(Predicate<FieldDefinition> wanted) {
        List<FieldClass> narrowed = new ArrayList<>();
        for (FieldClass group : classes) {
            List<FieldDefinition> fields =
                    group.fields().stream().filter(wanted).toList();
            if (!fields.isEmpty()) {
                narrowed.add(new FieldClass(group.name(), group.title(), group.source(), fields));
            }
        }
        return new FieldCatalog(narrowed);
    }

    /// The field called exactly `name`, without argument.
    public Optional<FieldDefinition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// All fields, by class, in the order of the documentation.
    public Collection<FieldDefinition> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /// All classes, in the order of the documentation.
    public List<FieldClass> classes() {
        return classes;
    }
}
