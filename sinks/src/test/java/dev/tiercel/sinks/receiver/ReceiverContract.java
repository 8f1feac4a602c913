package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.OutputField;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.alert.TestAlerts;
import dev.tiercel.sinks.plan.SinksFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every receiver must do.
public abstract class ReceiverContract {
    private final List<Receiver> opened = new ArrayList<>();

    @TempDir
    protected Path folder;

    /// The keys of an output, beside its name, whose other end works.
    protected abstract String keys() throws IOException;

    /// Ends the other end of [#keys()] until [#repair()].
    protected abstract void breakDown() throws IOException, InterruptedException;

    /// Begins it again.
    protected abstract void repair() throws IOException;

    /// What has arrived so far, an element an alert, as it would be shown or stored there; waits for the first
    /// `count`.
    protected abstract List<String> arrived(int count) throws IOException, InterruptedException;

    @AfterEach
    final void closeAll() {
        opened.forEach(Receiver::close);
    }

    /// The receiver of a sinks file.
    protected final Receiver receiver(String keys) {
        SinksFile file = SinksFile.read(
                "sinks.yaml", "outputs: [{name: tried, " + keys + "}]", folder, Map.of("SECRET", "s3cret"));
        assertThat(file.problems().stream().map(Diagnostic::text)).isEmpty();
        Receiver receiver = file.plan().orElseThrow().outputs().getFirst().receiver();
        opened.add(receiver);
        return receiver;
    }

    protected static List<Notice> notices(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new Notice(TestAlerts.view("id-" + number), null))
                .toList();
    }

    /// Delivers as the receiver likes it.
    protected static void deliver(Receiver receiver, List<Notice> notices) throws IOException, InterruptedException {
        for (int from = 0; from < notices.size(); from += receiver.batch()) {
            List<Notice> part = notices.subList(from, Math.min(from + receiver.batch(), notices.size()));
            assertThat(receiver.deliver(part)).hasSize(part.size()).allMatch(DeliveryResult.DELIVERED::equals);
        }
    }

    @Test
    final void everythingArrivesInItsOrder() throws IOException, InterruptedException {
        Receiver receiver = receiver(keys());
        receiver.check();
        deliver(receiver, notices(0, 40));
        deliver(receiver, notices(40, 43));
        List<String> arrived = arrived(43);
        assertThat(arrived).hasSize(43);
        for (int number = 0; number < 43; number++) {
            assertThat(arrived.get(number)).contains("id-" + number).contains("a shell was started");
        }
    }

    @Test
    final void nothingOfAnAlertIsMoreThanText() throws IOException, InterruptedException {
        Receiver receiver = receiver(keys());
        deliver(receiver, List.of(new Notice(AlertView.of(TestAlerts.hostile("hostile")), null)));
        deliver(receiver, notices(0, 1));
        List<String> arrived = arrived(2);
        assertThat(arrived).as("no line and no message is forged").hasSize(2);
        assertThat(arrived.getFirst()).contains("Emergency forged");
        assertThat(arrived.getFirst().chars())
                .as("%s", arrived.getFirst())
                .noneMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x202e);
    }

    /// Who chooses a value must not be able to keep the alert from arriving, or others.
    @Test
    final void longValuesKeepNothingFromArriving() throws IOException, InterruptedException {
        Receiver receiver = receiver(keys());
        String value = "v".repeat(200_000) + "<&>".repeat(5_000);
        Alert.Builder alert = TestAlerts.alert("long").setOutput("a shell was started by " + value);
        alert.setOutputFields(List.of(new OutputField("proc.cmdline", value), new OutputField("proc.name", "bash")));
        deliver(receiver, List.of(new Notice(AlertView.of(alert.build()), null)));
        deliver(receiver, notices(0, 2));
        assertThat(arrived(3)).hasSize(3).last().asString().contains("id-1");
    }

    @Test
    final void afterAFailureItDeliversAgain() throws IOException, InterruptedException {
        Receiver receiver = receiver(keys());
        deliver(receiver, notices(0, 1));
        assertThat(arrived(1)).hasSize(1);
        breakDown();
        assertThat(tryOnce(receiver)).isInstanceOf(DeliveryResult.Later.class);
        repair();
        deliver(receiver, notices(1, 2));
        assertThat(arrived(2).getLast()).contains("id-1");
    }

    private static DeliveryResult tryOnce(Receiver receiver) throws InterruptedException {
        try {
            return receiver.deliver(notices(1, 2)).getFirst();
        } catch (IOException failure) {
            assertThat(failure.toString()).doesNotContain("s3cret");
            return DeliveryResult.later(failure.toString());
        }
    }

    @Test
    final void theCheckSaysWhetherItCouldDeliverAndSendsNothing() throws IOException, InterruptedException {
        Receiver receiver = receiver(keys());
        receiver.check();
        deliver(receiver, notices(0, 1));
        assertThat(arrived(1)).hasSize(1);
        receiver.close();
        breakDown();
        Receiver other = receiver(keys());
        assertThatThrownBy(other::check).isInstanceOf(IOException.class);
        repair();
    }

    @Test
    final void closeIsIdempotent() throws IOException, InterruptedException {
        Receiver receiver = receiver(keys());
        deliver(receiver, notices(0, 1));
        receiver.close();
        receiver.close();
    }
}
