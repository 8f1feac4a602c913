package dev.tiercel.fields.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Nodes of a [JsonDocument], in order; [JsonDocument#NONE] among them is an element that lacks what was looked for.
/// Reused; not thread-safe.
final class JsonNodes {

    private int[] nodes = new int[16];
    private int size;

    /// What a value is as text; null: it is left out.
    @FunctionalInterface
    interface Reading {
        @Nullable
        String of(int node);
    }

    void clear() {
        size = 0;
    }

    void add(int node) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * size);
        }
        nodes[size++] = node;
    }

    int size() {
        return size;
    }

    int get(int position) {
        return nodes[position];
    }

    /// The texts of all nodes, as `reading` has them.
    List<String> texts(Reading reading) {
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            String text = reading.of(nodes[i]);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }
}
