package dev.tiercel.enricher.cloudtrail;

import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which objects of a bucket were read: of each part all up to some key, and single ones after that. What changes is
/// written with the delivery that it is part of. Not thread-safe.
final class BucketProgress {
    private static final String DONE = "\"done\"";

    private final String partPrefix;
    private final String objectPrefix;
    private final Map<String, String> after = new HashMap<>();
    private final NavigableMap<String, String> objects = new TreeMap<>();

    /// @param name names the source in its progress
    BucketProgress(String name) {
        partPrefix = name + "#after/";
        objectPrefix = name + "#object/";
    }

    void resume(Progress before) {
        before.positions(partPrefix)
                .forEach((part, key) ->
                        after.put(part.substring(partPrefix.length()), key.substring(1, key.length() - 1)));
        before.positions(objectPrefix)
                .forEach((part, position) -> objects.put(part.substring(objectPrefix.length()), position));
    }

    /// The key up to which all of a part was read; empty: nothing was.
    String after(String part) {
        return after.getOrDefault(part, "");
    }

    boolean isDone(String key) {
        return DONE.equals(objects.get(key));
    }

    /// Where to go on in an object; null: at its beginning.
    @Nullable
    String position(String key) {
        return objects.get(key);
    }

    /// An object was read up to a position; null: to its end.
    void note(String key, @Nullable String position, Delivery delivery) {
        String state = position == null ? DONE : position;
        objects.put(key, state);
        delivery.progress(objectPrefix + key, state);
    }

    /// There is nothing to be read.
    void skip(String key) {
        objects.put(key, DONE);
    }

    /// Everything below a part up to `key` was read, and nothing will be added there.
    void settle(String part, String key, Delivery delivery) {
        if (key.compareTo(after(part)) <= 0) return;
        after.put(part, key);
        delivery.progress(partPrefix + part, '"' + key + '"');
        Map<String, String> settled = objects.subMap(part, true, key, true);
        settled.keySet().forEach(object -> delivery.progress(objectPrefix + object, null));
        settled.clear();
    }
}
