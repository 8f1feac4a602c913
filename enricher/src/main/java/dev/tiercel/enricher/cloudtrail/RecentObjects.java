package dev.tiercel.enricher.cloudtrail;

import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.Progress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The objects that were read last, so that a notification which comes again reads none twice; and how far one was
/// read when the process ended. Not thread-safe.
final class RecentObjects {
    private static final int MOST = 2_000;
    private static final String DONE = "{\"done\":";

    private final String prefix;
    private final Map<String, String> positions = new LinkedHashMap<>();

    /// @param name names the source in its progress
    RecentObjects(String name) {
        prefix = name + "#object/";
    }

    void resume(Progress before) {
        before.positions(prefix).entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> time(entry.getValue())))
                .forEach(entry -> positions.put(entry.getKey(), entry.getValue()));
    }

    /// When an object was done; what is not done comes last.
    private static long time(String position) {
        return position.startsWith(DONE)
                ? Long.parseLong(position.substring(DONE.length(), position.length() - 1))
                : Long.MAX_VALUE;
    }

    boolean isDone(Notification.Named object) {
        return time(positions.getOrDefault(part(object), "")) < Long.MAX_VALUE;
    }

    /// Where to go on; null: at the beginning.
    @Nullable
    String position(Notification.Named object) {
        return positions.get(part(object));
    }

    /// An object was read up to a position; null: to its end.
    void note(Notification.Named object, @Nullable String position, Delivery delivery) {
        String state = position == null ? DONE + System.currentTimeMillis() + "}" : position;
        positions.remove(part(object));
        positions.put(part(object), state);
        delivery.progress(part(object), state);
        while (positions.size() > MOST) {
            String oldest = positions.keySet().iterator().next();
            positions.remove(oldest);
            delivery.progress(oldest, null);
        }
    }

    private String part(Notification.Named object) {
        return prefix + object.bucket() + "/" + object.key();
    }
}
