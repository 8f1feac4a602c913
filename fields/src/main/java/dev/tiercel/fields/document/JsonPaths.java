package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.schemas.RawText;
import java.util.List;

/// The way to several values inside a [JsonDocument]: names of members, the outermost first; at an array on the way
/// it goes on in every element, or in the one with an index. A value that is an array itself is one value.
/// Immutable.
final class JsonPaths {

    private static final int ALL = -1;

    private final byte[][] names;
    private final int index;

    private JsonPaths(int index, List<String> steps) {
        this.index = index;
        names = steps.stream().map(RawText::bytes).toArray(byte[][]::new);
    }

    /// The way through the elements that the argument of a field is the index of; all if it has none.
    static JsonPaths of(FieldReference reference, List<String> steps) {
        return new JsonPaths(reference.index().orElse(ALL), steps);
    }

    /// The way through all elements.
    static JsonPaths ofAll(List<String> steps) {
        return new JsonPaths(ALL, steps);
    }

    /// Adds the values that this leads to from the root; false: it leads nowhere. If it goes through all elements,
    /// one that lacks a member is added as [JsonDocument#NONE].
    boolean collect(JsonDocument document, JsonNodes into) {
        return collect(document, document.root(), 0, into);
    }

    private boolean collect(JsonDocument document, int from, int step, JsonNodes into) {
        int node = from;
        for (int i = step; i < names.length; i++) {
            if (document.is(node, JsonDocument.Kind.ARRAY)) {
                if (index == ALL) {
                    collectAll(document, node, i, into);
                    return true;
                }
                node = document.element(node, index);
            }
            node = document.member(node, names[i]);
        }
        if (node >= 0) {
            into.add(node);
        }
        return node >= 0;
    }

    private void collectAll(JsonDocument document, int array, int step, JsonNodes into) {
        for (int child = document.firstChild(array); child >= 0; child = document.next(child)) {
            if (!collect(document, child, step, into)) {
                into.add(JsonDocument.NONE);
            }
        }
    }

    /// Adds the elements of the array that this leads to from the root, all or the one with the index; a value that
    /// is no array is its own only element. False: this leads nowhere, or there is no element with the index.
    boolean collectElements(JsonDocument document, JsonNodes into) {
        int node = document.root();
        for (byte[] name : names) {
            node = document.member(node, name);
        }
        if (!document.is(node, JsonDocument.Kind.ARRAY)) {
            return add(node, into);
        }
        if (index != ALL) {
            return add(document.element(node, index), into);
        }
        for (int child = document.firstChild(node); child >= 0; child = document.next(child)) {
            into.add(child);
        }
        return true;
    }

    private static boolean add(int node, JsonNodes into) {
        if (node >= 0) {
            into.add(node);
        }
        return node >= 0;
    }
}
