package dev.tiercel.detector.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.kubernetes.ExecRoot;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.schemas.avro.ExecSession;
import dev.tiercel.schemas.avro.KubernetesContainer;
import dev.tiercel.schemas.avro.KubernetesObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/// What waits, with its store.
final class HeldEventsTest {
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final long NOW = 1_700_000_000_000L;

    private final KubernetesIndex index = new KubernetesIndex();
    private final KeyValueStore<Bytes, byte[]> store = store();
    private final HeldEvents held = opened();

    private static KeyValueStore<Bytes, byte[]> store() {
        KeyValueStore<Bytes, byte[]> made = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("held"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        made.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), made);
        return made;
    }

    private HeldEvents opened() {
        HeldEvents opened = new HeldEvents(index, WAIT);
        opened.open(store);
        opened.record(NOW, NOW);
        return opened;
    }

    private HeldEvent event(long offset, int number, String pod, String container) {
        return new HeldEvent(
                offset,
                number,
                NOW + number,
                held.until(),
                pod,
                container,
                HeldEvent.Left.WAITING,
                true,
                List.of("00112233445566aa"),
                null);
    }

    private void tell(String pod, String container) {
        index.put(KubernetesObject.newBuilder()
                .setCluster("prod")
                .setKind("Pod")
                .setNamespace("shop")
                .setName("cart")
                .setUid(pod)
                .setLabels(Map.of())
                .setNode("")
                .setIp("")
                .setServiceAccount("")
                .setContainers(List.of(new KubernetesContainer("cart", container)))
                .setSelector(Map.of())
                .build());
    }

    @Test
    void waitsForARequestAndGoesOnIfItIsAnother() {
        ExecRoot root = new ExecRoot("shop", "web-0", System.currentTimeMillis() * 1_000_000L);
        held.hold(new HeldEvent(
                7, 1, NOW, held.until(), "", "", HeldEvent.Left.NONE, true, List.of("00112233445566aa"), root));
        assertThat(held.due(NOW, 9)).isEmpty();

        request(root, "a");
        HeldEvent event = held.due(NOW, 9).getFirst();
        held.goOn(event);
        assertThat(held.due(NOW, 9)).isEmpty();
        request(root, "b");
        assertThat(held.due(NOW, 9)).containsExactly(event);

        HeldEvents again = new HeldEvents(index, WAIT);
        again.open(store);
        assertThat(again.due(NOW, 9)).containsExactly(event);
    }

    private void request(ExecRoot root, String id) {
        ExecSession session = ExecSession.newBuilder()
                .setCluster("")
                .setNamespace(root.namespace())
                .setPod(root.pod())
                .setPodUid("")
                .setContainer("")
                .setKind("exec")
                .setCommand(List.of())
                .setStdin(false)
                .setTty(false)
                .setUser("alice")
                .setGroups(List.of())
                .setImpersonated("")
                .setSourceIps(List.of())
                .setAuditId(id)
                .setTime(root.start())
                .setEnded(0)
                .build();
        index.execs().known(id, session);
    }

    @Test
    void isDueWhenThePodOrTheContainerIsKnownOrTheWaitIsOver() {
        held.hold(event(7, 1, "a", ""));
        held.hold(event(7, 0, "b", "container"));
        held.hold(event(300, 0, "c", ""));
        assertThat(held.due(NOW, 9)).isEmpty();
        tell("another", "container");
        assertThat(held.due(NOW, 9)).extracting(HeldEvent::index).containsExactly(0);
        tell("a", "other");
        assertThat(held.due(NOW, 9)).extracting(HeldEvent::index).containsExactly(0, 1);
        assertThat(held.due(NOW, 1)).hasSize(1);
        assertThat(held.due(NOW + WAIT.toMillis() - 1, 9)).hasSize(2);
        assertThat(held.due(NOW + WAIT.toMillis(), 9))
                .extracting(HeldEvent::offset)
                .containsExactly(7L, 7L, 300L);
    }

    @Test
    void whatIsRemovedIsNeverDueAgain() {
        held.hold(event(7, 1, "a", ""));
        tell("a", "x");
        held.due(NOW, 9).forEach(held::remove);
        assertThat(held.isEmpty()).isTrue();
        assertThat(held.due(NOW + WAIT.toMillis(), 9)).isEmpty();
        assertThat(opened().isEmpty()).isTrue();
    }

    @Test
    void aTaskThatBeginsAgainHasTheSameEvents() {
        HeldEvent one = event(7, 1, "a", "c");
        HeldEvent two = new HeldEvent(
                1L << 40, 70_000, NOW + 5, NOW, "", "", HeldEvent.Left.NONE, false, List.of("h1", "h2"), null);
        held.hold(one);
        held.hold(two);
        assertThat(opened().due(NOW + WAIT.toMillis(), 9)).containsExactly(one, two);
    }

    @Test
    void whatAnotherVersionWroteIsLeftOut() {
        held.hold(event(7, 1, "a", ""));
        store.put(Bytes.wrap(new byte[] {1}), new byte[] {99, 1, 2});
        assertThat(opened().due(NOW + WAIT.toMillis(), 9)).hasSize(1);
        assertThat(store.get(Bytes.wrap(new byte[] {1}))).isNull();
    }

    @Test
    void knowsTheEarliestEventThatIsNotJudgedAlsoWhenAnotherGoesOn() {
        HeldEvent later = event(1, 4, "pod", "");
        HeldEvent first = event(2, 3, "pod", "");
        held.hold(later);
        held.hold(first);
        held.hold(new HeldEvent(3, 1, 1, NOW, "pod", "", HeldEvent.Left.NONE, true, List.of("h1"), null));
        assertThat(held.unjudgedFrom()).isEqualTo(first.time());
        held.remove(first);
        HeldEvents again = new HeldEvents(index, WAIT);
        again.open(store);
        assertThat(again.unjudgedFrom()).isEqualTo(later.time());
        again.remove(later);
        assertThat(again.unjudgedFrom()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void mayWaitIfTheRecordIsRecent() {
        assertThat(held.mayWait()).isTrue();
        held.record(NOW, NOW - Duration.ofSeconds(65).toMillis());
        assertThat(held.mayWait()).isFalse();
        HeldEvents never = new HeldEvents(index, Duration.ZERO);
        never.record(NOW, NOW);
        assertThat(never.mayWait()).isFalse();
    }
}
