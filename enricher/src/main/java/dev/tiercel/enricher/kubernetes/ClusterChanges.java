package dev.tiercel.enricher.kubernetes;

import dev.tiercel.schemas.avro.KubernetesObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a cluster's objects should be on the topic, and is not known to be there yet: the last word for each object. So
/// it never holds more than the cluster has. Thread-safe.
final class ClusterChanges {
    /// All objects of a kind, at the moment of a list.
    ///
    /// @param prefix of their keys
    record Listing(String prefix, boolean lingers, Set<String> keys) {}

    /// What is due.
    ///
    /// @param listings to be looked at before the objects are written
    /// @param objects key to object, in the order of the changes; empty: it is gone
    record Due(List<Listing> listings, Map<String, Optional<KubernetesObject>> objects) {
        boolean isEmpty() {
            return listings.isEmpty() && objects.isEmpty();
        }
    }

    private final Duration linger;
    private final InstantSource clock;
    private final List<Listing> listings = new ArrayList<>();
    private final Map<String, Optional<KubernetesObject>> objects = new LinkedHashMap<>();

    /// By key: when the object's record goes.
    private final Map<String, Instant> leaving = new HashMap<>();

    ClusterChanges(Duration linger, InstantSource clock) {
        this.linger = linger;
        this.clock = clock;
    }

    /// The object is as `object` says.
    synchronized void present(String key, KubernetesObject object) {
        leaving.remove(key);
        objects.put(key, Optional.of(object));
        notifyAll();
    }

    /// The object is gone.
    ///
    /// @param lingers whether its record stays a while
    synchronized void gone(String key, boolean lingers) {
        if (lingers) {
            leaving.putIfAbsent(key, clock.instant().plus(linger));
        } else {
            objects.put(key, Optional.empty());
        }
        notifyAll();
    }

    /// The cluster has these objects of a kind, and no others.
    synchronized void listed(Listing listing) {
        listings.add(listing);
        notifyAll();
    }

    /// Waits until something is due or `limit` has passed.
    synchronized Due take(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        release();
        while (listings.isEmpty() && objects.isEmpty()) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) break;
            wait(left);
            release();
        }
        Due due = new Due(List.copyOf(listings), new LinkedHashMap<>(objects));
        listings.clear();
        objects.clear();
        return due;
    }

    /// These could not be written; what has been said since counts more.
    synchronized void giveBack(Map<String, Optional<KubernetesObject>> unwritten) {
        Map<String, Optional<KubernetesObject>> later = new LinkedHashMap<>(objects);
        objects.clear();
        objects.putAll(unwritten);
        later.forEach((key, object) -> {
            objects.remove(key);
            objects.put(key, object);
        });
    }

    private void release() {
        Instant now = clock.instant();
        leaving.entrySet().removeIf(one -> {
            boolean due = !one.getValue().isAfter(now);
            if (due) objects.put(one.getKey(), Optional.empty());
            return due;
        });
    }
}
