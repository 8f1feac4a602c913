package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileReceiverTest extends ReceiverContract {
    private Path file() {
        return folder.resolve("logs/alerts.json");
    }

    @Override
    protected String keys() throws IOException {
        if (!Files.exists(folder.resolve("away"))) Files.createDirectories(file().getParent());
        return "type: file, path: logs/alerts.json";
    }

    @Override
    protected void breakDown() throws IOException {
        Files.move(folder.resolve("logs"), folder.resolve("away"));
    }

    @Override
    protected void repair() throws IOException {
        Files.move(folder.resolve("away"), folder.resolve("logs"));
    }

    @Override
    protected List<String> arrived(int count) throws IOException {
        return Files.readAllLines(file());
    }

    @Test
    void aFileThatWasMovedAwayIsMadeAnew() throws IOException, InterruptedException {
        Receiver receiver = receiver(keys());
        deliver(receiver, notices(0, 2));
        Files.move(file(), folder.resolve("rotated"));
        deliver(receiver, notices(2, 3));
        assertThat(Files.readAllLines(folder.resolve("rotated"))).hasSize(2);
        assertThat(arrived(1)).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void fullFilesAreNumberedAndOldOnesGo() throws IOException, InterruptedException {
        Receiver receiver = receiver(keys() + ", rotate: {size: 1KiB, keep: 2}");
        for (int number = 0; number < 12; number++) deliver(receiver, notices(number, number + 1));
        List<String> all = new ArrayList<>(Files.readAllLines(folder.resolve("logs/alerts.json.2")));
        all.addAll(Files.readAllLines(folder.resolve("logs/alerts.json.1")));
        all.addAll(arrived(1));
        assertThat(all.getLast()).contains("id-11");
        for (int number = 1; number <= all.size(); number++) {
            assertThat(all.get(all.size() - number)).contains("id-" + (12 - number));
        }
        assertThat(folder.resolve("logs/alerts.json.3")).doesNotExist();
        try (var files = Files.list(folder.resolve("logs"))) {
            assertThat(files.filter(file -> file.toFile().length() > 1024)).isEmpty();
        }
    }

    @Test
    void aTornLineIsEnded() throws IOException, InterruptedException {
        String keys = keys();
        Files.writeString(file(), "{\"rule\":\"half of");
        deliver(receiver(keys), notices(0, 1));
        assertThat(arrived(2)).hasSize(2).first().isEqualTo("{\"rule\":\"half of");
    }

    @Test
    void linesAreFalcosJsonOrTextOrATemplate() throws IOException, InterruptedException {
        deliver(receiver(keys()), notices(0, 1));
        deliver(receiver(keys() + ", format: text"), notices(1, 2));
        deliver(
                receiver(keys() + ", template: '%alert.priority|%alert.rule|%proc.name|%proc.pid|%fd.name|100%%'"),
                notices(2, 3));
        List<String> lines = arrived(3);
        assertThat(lines.get(0))
                .isEqualTo(
                        "{\"hostname\":\"web-1\",\"id\":\"id-0\",\"output\":\"%s: Warning a shell was started (id=id-0 proc.name=bash)\""
                                        .formatted(time(lines.get(1)))
                                + ",\"output_fields\":{\"evt.time\":1795780800000000000,\"proc.name\":\"bash\",\"proc.pid\":4711}"
                                + ",\"priority\":\"Warning\",\"rule\":\"Shell in container\",\"source\":\"syscall\""
                                + ",\"tags\":[\"container\",\"T1059\"],\"time\":\"2026-11-27T12:00:00.000000000Z\"}");
        assertThat(lines.get(1)).endsWith(": Warning a shell was started (id=id-1 proc.name=bash)");
        assertThat(lines.get(2)).isEqualTo("Warning|Shell in container|bash|4711|<NA>|100%");
    }

    /// Of day, in the zone of the machine.
    private static String time(String line) {
        return line.substring(0, line.indexOf(": "));
    }
}
