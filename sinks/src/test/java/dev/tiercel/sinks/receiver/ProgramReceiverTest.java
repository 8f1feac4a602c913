package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgramReceiverTest extends ReceiverContract {
    private Path program() {
        return folder.resolve("program");
    }

    @Override
    protected String keys() throws IOException {
        if (!Files.exists(folder.resolve("away"))) script(program(), "cat >> " + folder.resolve("arrived"));
        return "type: program, command: [" + program() + "]";
    }

    private static void script(Path path, String body) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + body + "\n");
        assertThat(path.toFile().setExecutable(true)).isTrue();
    }

    @Override
    protected void breakDown() throws IOException {
        Files.move(program(), folder.resolve("away"));
    }

    @Override
    protected void repair() throws IOException {
        Files.move(folder.resolve("away"), program());
    }

    @Override
    protected List<String> arrived(int count) throws IOException {
        return Files.readAllLines(folder.resolve("arrived"));
    }

    @Test
    void itsExitAndItsErrorOutputAreTheReason() throws IOException {
        script(program(), "echo cannot reach the pager >&2; exit 7");
        Receiver receiver = receiver("type: program, command: " + program());
        assertThatThrownBy(() -> receiver.deliver(notices(0, 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the program ended with 7: cannot reach the pager");
    }

    @Test
    void aProgramThatHangsIsEnded() throws IOException {
        script(program(), "sleep 600");
        Receiver receiver = receiver("type: program, timeout: 300ms, command: " + program());
        assertThatThrownBy(() -> receiver.deliver(notices(0, 1))).hasMessage("the program did not end within 300 ms");
    }

    @Test
    void itHasNoVariablesOfThisProcess() throws IOException, InterruptedException {
        script(program(), "env > " + folder.resolve("env"));
        deliver(receiver("type: program, command: " + program()), notices(0, 1));
        assertThat(Files.readAllLines(folder.resolve("env")))
                .allMatch(line -> line.matches("(PATH|HOME|LANG|TZ|PWD|SHLVL|_|OLDPWD)=.*"));
    }

    @Test
    void onesThatDoNotReadDeliverToo() throws IOException, InterruptedException {
        script(program(), "exit 0");
        deliver(receiver("type: program, command: " + program()), notices(0, 500));
    }
}
