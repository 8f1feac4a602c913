package dev.tiercel.detector.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.rules.RuleFile;
import java.io.IOException;
import java.io.RandomAccessFile;
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
                .hasMessageContaining("latin.yaml is not UTF-8");
        assertThatThrownBy(new RuleSources(List.of(), List.of(folder.resolve("no.yaml")))::read)
                .hasMessageContaining("cannot read rules file " + folder.resolve("no.yaml"));
    }

    @Test
    void refusesFilesThatAreTooLargeOrNeverEnd() throws IOException {
        Path large = folder.resolve("large.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        assertThatThrownBy(new RuleSources(List.of(), List.of(large))::read)
                .hasMessageContaining("large.yaml is larger than 16 MiB");
        assertThatThrownBy(new RuleSources(List.of(), List.of(Path.of("/dev/zero")))::read)
                .hasMessageContaining("/dev/zero is larger than 16 MiB");
    }

    @Test
    void doesNotWaitForAPipeInADirectory() throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules.d"));
        Path pipe = rules.resolve("10.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(new RuleSources(List.of(), List.of(rules))::read).hasMessageContaining("10.yaml is no file");
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
