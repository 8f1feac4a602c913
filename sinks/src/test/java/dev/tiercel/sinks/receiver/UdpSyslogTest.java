package dev.tiercel.sinks.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.alert.TestAlerts;
import dev.tiercel.sinks.plan.SinksFile;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Datagrams: whether they arrive nobody says, so the contract is not theirs.
final class UdpSyslogTest {
    @Test
    void eachAlertIsADatagramCutBetweenCharacters() throws IOException, InterruptedException {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Receiver receiver = receiver(server.getLocalPort())) {
            server.setSoTimeout(20_000);
            receiver.check();
            String output = "x" + "ä".repeat(3_000);
            Notice large = new Notice(
                    AlertView.of(TestAlerts.alert("large").setOutput(output).build()), null);
            List<DeliveryResult> receipts =
                    receiver.deliver(List.of(new Notice(TestAlerts.view("small"), null), large));
            assertThat(receipts).containsExactly(DeliveryResult.DELIVERED, DeliveryResult.DELIVERED);
            assertThat(text(server))
                    .startsWith("<12>1 2026-11-27T12:00:00.000000Z web-1 tiercel - alert [alert@32473 id=\"small\"")
                    .endsWith("Warning a shell was started (id=small proc.name=bash)");
            assertThat(text(server)).hasSizeGreaterThan(1_000).endsWith("ä");
        }
    }

    private static String text(DatagramSocket server) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        server.receive(packet);
        assertThat(packet.getLength()).isLessThanOrEqualTo(2_048);
        try {
            return UTF_8.newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(packet.getData(), 0, packet.getLength()))
                    .toString();
        } catch (CharacterCodingException cut) {
            throw new AssertionError("cut within a character", cut);
        }
    }

    private static Receiver receiver(int port) {
        SinksFile file = SinksFile.read(
                "sinks.yaml",
                "outputs: [{name: log, type: syslog, format: text, address: \"udp://127.0.0.1:" + port + "\"}]",
                Path.of("/"),
                Map.of());
        assertThat(file.problems().stream().map(Diagnostic::text)).isEmpty();
        return file.plan().orElseThrow().outputs().getFirst().receiver();
    }
}
