package dev.tiercel.detector.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuleSourcesTest {
    @TempDir
    private Path folder;

    @Test
    void readsBuiltInsThenPathsInOrderAndDirectoriesSorted() throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules.d"));
        Files.createDirectory(rules.resolve("sub.yaml"));
        for (String name : List.of("20.yml", "10.yaml", "README.md", ".hidden.yaml", "10_test.yaml", "20_test.yml")) {
            Files.writeString(rules.resolve(name), name);
        }
        Path single = Files.writeString(folder.resolve("single.txt"), "single");
        RuleSources sources = new RuleSources(List.of(new RuleFile("default", "built in")), List.of(single, rules));
        assertThat(sources.read())
                .extracting(RuleFile::content)
                .containsExactly("built in", "single", "10.yaml", "20.yml");
        assertThat(sources.watched()).containsExactly(single, rules);
        Path link = Files.createSymbolicLink(rules.resolve("30.yaml"), single);
        assertThat(sources.watched()).containsExactly(single, rules, link);
    }

    @Test
    void refusesToDetectNothing() {
        assertThatThrownBy(new RuleSources(List.of(), List.of(folder))::read)
                .hasMessageContaining("there are no rules files in [" + folder + "]");
        assertThat(new RuleSources(List.of(new RuleFile("default", "")), List.of(folder)).read())
                .hasSize(1);
    }

    @Test
    void reportsTheUnreadableFile() throws IOException {
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {(byte) 0xe9, 10});
        assertThatThrownBy(new RuleSources(List.of(), List.of(latin))::read)
                .hasMessage(latin + ":1:1: error[LOAD_ERR_FILE_READ]: the file is not UTF-8: byte 0xe9 — save it as UTF-8");
        Path missing = folder.resolve("no.yaml");
        assertThatThrownBy(new RuleSources(List.of(), List.of(missing))::read)
                .hasMessage(missing + ": error[LOAD_ERR_FILE_READ]: cannot be read: no such file or directory");
    }

    @Test
    void anUnreadableFileDoesNotHideTheOthers() throws IOException {
        Files.write(folder.resolve("1.yaml"), "- list: a\n  items: [caf\u00e9]\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.createSymbolicLink(folder.resolve("2.yaml"), folder.resolve("nowhere.yaml"));
        Files.writeString(folder.resolve("3.yaml"), "- list: b\n  items: []\n");
        RuleSources.Reading reading = new RuleSources(List.of(), List.of(folder, folder.resolve("none"))).readAll();
        assertThat(reading.files())
                .extracting(RuleFile::content)
                .containsExactly("", "", "- list: b\n  items: []\n", "");
        assertThat(reading.problems())
                .extracting(Diagnostic::summary)
                .containsExactly(
                        folder + "/1.yaml:2:14: error[LOAD_ERR_FILE_READ]: the file is not UTF-8: byte 0xe9"
                                + " — save it as UTF-8",
                        folder + "/2.yaml: error[LOAD_ERR_FILE_READ]: cannot be read: it is a link to " + folder
                                + "/nowhere.yaml, which does not exist",
                        folder + "/none: error[LOAD_ERR_FILE_READ]: cannot be read: no such file or directory");
    }

    @Test
    void refusesFilesThatAreTooLargeOrNeverEnd() throws IOException {
        Path large = folder.resolve("large.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        assertThatThrownBy(new RuleSources(List.of(), List.of(large))::read)
                .hasMessageContaining("large.yaml: error[LOAD_ERR_FILE_READ]: is larger than 16 MiB");
        assertThatThrownBy(new RuleSources(List.of(), List.of(Path.of("/dev/zero")))::read)
                .hasMessageContaining("/dev/zero: error[LOAD_ERR_FILE_READ]: is larger than 16 MiB");
    }

    @Test
    void doesNotWaitForAPipeInADirectory() throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules.d"));
        Path pipe = rules.resolve("10.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(new RuleSources(List.of(), List.of(rules))::read).hasMessageContaining("10.yaml: error[LOAD_ERR_FILE_READ]: is no file");
    }

    @Test
    void versionsDependOnNamesContentsAndOrder() {
        RuleFile a = new RuleFile("a", "1");
        RuleFile b = new RuleFile("b", "1");
        assertThat(List.of(
                        RulePublisher.version(List.of(a, b)),
                        RulePublisher.version(List.of(b, a)),
                        RulePublisher.version(List.of(a)),
                        RulePublisher.version(List.of(new RuleFile("a1", ""), b)),
                        RulePublisher.version(List.of(new RuleFile("a", "2"), b))))
                .doesNotHaveDuplicates();
    }
}
