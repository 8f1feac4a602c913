package dev.tiercel.detector.correlate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.correlation.Grace;
import dev.tiercel.correlation.LiveKey;
import dev.tiercel.correlation.StateView;
import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.service.PrivatePages;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;

/// What the correlations of this instance hold, as JSON: an overview, the keys of one, one key.
///
/// As of the last commit. It knows the partitions of `matches` that are here; who wants all asks all instances.
public final class StatePages {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PlansInForce plans;
    private final LiveTasks tasks;
    private final Grace grace;
    private final int partitions;

    /// @param partitions of `matches`, of all instances
    public StatePages(PlansInForce plans, CorrelationMetrics metrics, CorrelationConfig config, int partitions) {
        this.plans = plans;
        this.tasks = metrics.tasks();
        this.grace = config.graceBySource();
        this.partitions = partitions;
    }

    /// The answer to a request, whose path is empty: the overview; or a correlation, and perhaps the parts of a key.
    public PrivatePages.Page page(KafkaStreams streams, PrivatePages.PageRequest request) {
        boolean isPart = request.partition().isPresent();
        if (isPart && request.path().size() != 1) {
            return page(400, StateJson.error("partition is of the keys of one correlation: /state/CORRELATION"));
        }
        try {
            return request.path().isEmpty() ? page(overview(streams)) : correlation(streams, request);
        } catch (CommittedStore.NotHereException | StreamsException moving) {
            return page(503, StateJson.error("partitions of topic matches are being moved; ask again in a second"));
        } catch (BadStateException damaged) {
            return page(500, StateJson.error("a state cannot be read: " + damaged.getMessage()));
        }
    }

    private Map<String, Object> overview(KafkaStreams streams) {
        Map<String, Object> json =
                StateJson.overview(tasks, InstantSource.system().instant());
        json.putAll(where(streams));
        return json;
    }

    private Map<String, Object> where(KafkaStreams streams) {
        List<String> others = streams.metadataForAllStreamsClients().stream()
                .filter(client -> client.port() > 0 && client.stateStoreNames().contains(Correlate.STORE))
                .map(client -> client.host() + ":" + client.port())
                .sorted()
                .toList();
        return Map.of("partitions", tasks.partitions(), "of", partitions, "instances", others);
    }

    private PrivatePages.Page correlation(KafkaStreams streams, PrivatePages.PageRequest request) {
        String name = request.path().getFirst();
        Optional<Correlation> found = plans.plans().correlations().stream()
                .filter(correlation -> correlation.name().equals(name))
                .findFirst();
        if (found.isEmpty()) return page(404, StateJson.unknown(name, plans.plans()));
        Correlation correlation = found.get();
        List<String> key = request.path().subList(1, request.path().size());
        if (!key.isEmpty() && key.size() != correlation.groupBy().size()) {
            return page(
                    400,
                    StateJson.error("the key has other parts than " + key.size() + ": "
                            + (correlation.groupBy().isEmpty() ? "none" : String.join(", ", correlation.groupBy()))));
        }
        if (request.partition().isPresent()) return slice(streams, correlation, request);
        int limit = request.limit();
        Map<String, Object> json = StateJson.of(correlation);
        json.putAll(where(streams));
        List<LiveKey> keys = key.isEmpty() ? keys(streams, correlation, limit + 1) : key(streams, correlation, key);
        json.put("keys", keys.stream().limit(limit).map(StateJson::of).toList());
        json.put("more", keys.size() > limit);
        return page(json);
    }

    /// Keys of one partition with all that they hold, from where the page before ended.
    private PrivatePages.Page slice(KafkaStreams streams, Correlation correlation, PrivatePages.PageRequest request) {
        int partition = request.partition().getAsInt();
        if (partition >= partitions) {
            return page(400, StateJson.error("topic matches has partitions 0 to " + (partitions - 1)));
        }
        if (!tasks.partitions().contains(partition)) {
            throw new CommittedStore.NotHereException("partition " + partition + " is not here");
        }
        try {
            return page(StateJson.of(
                    correlation,
                    partition,
                    view(streams, partition).slice(correlation.name(), request.after(), request.limit())));
        } catch (IllegalArgumentException foreign) {
            return page(
                    400,
                    StateJson.error("after is not where a page of '%s', partition %d, ended (%s); begin without it"
                            .formatted(correlation.name(), partition, foreign.getMessage())));
        }
    }

    /// The first of each partition.
    private List<LiveKey> keys(KafkaStreams streams, Correlation correlation, int limit) {
        List<LiveKey> keys = new ArrayList<>();
        for (int partition : tasks.partitions()) {
            keys.addAll(view(streams, partition).keys(correlation.name(), limit));
        }
        keys.sort((one, other) -> String.join("\0", one.key()).compareTo(String.join("\0", other.key())));
        return keys;
    }

    private List<LiveKey> key(KafkaStreams streams, Correlation correlation, List<String> key) {
        List<LiveKey> found = new ArrayList<>();
        for (int partition : tasks.partitions()) {
            view(streams, partition).key(correlation.name(), key).ifPresent(found::add);
        }
        return found;
    }

    private StateView view(KafkaStreams streams, int partition) {
        return new StateView(
                new CommittedStore(streams, partition), grace, plans.plans().correlations());
    }

    private static PrivatePages.Page page(Map<String, Object> json) {
        return page(200, json);
    }

    private static PrivatePages.Page page(int status, Map<String, Object> json) {
        try {
            return new PrivatePages.Page(status, MAPPER.writeValueAsString(json));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
