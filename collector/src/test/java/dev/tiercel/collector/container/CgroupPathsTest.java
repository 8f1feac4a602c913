package dev.tiercel.collector.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CgroupPathsTest {
    private static final String D = "0123456789abcdef".repeat(4);
    private static final String E = "fedcba9876543210".repeat(4);

    @ParameterizedTest
    @MethodSource("forms")
    void findsTheInnermostContainer(String line) {
        String[] columns = line.split("\t", -1);
        String path = expand(columns[0]);

        String found = CgroupPaths.container(path)
                .map(c -> c.runtime() + " " + c.fullId() + " " + (c.podUid().isEmpty() ? "-" : c.podUid()))
                .orElse("- - -");

        assertThat(found).as(path).isEqualTo(columns[1] + " " + expand(columns[2]) + " " + columns[3]);
    }

    static Stream<String> forms() throws IOException {
        try (InputStream in = Objects.requireNonNull(CgroupPathsTest.class.getResourceAsStream("cgroup-paths.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    private static String expand(String text) {
        return text.replace("D", D).replace("E", E);
    }

    @Test
    void shortIdIsTwelveCharacters() {
        assertThat(new ContainerIdentity("docker", D, "").id()).isEqualTo("0123456789ab");
        assertThat(new ContainerIdentity("lxc", "web", "").id()).isEqualTo("web");
    }

    @Test
    void theLongestPathsAreMatchedQuickly() {
        assertThat(CgroupPaths.container("/a-".repeat(340) + "f".repeat(63))).isEmpty();
        assertThat(CgroupPaths.container("-".repeat(1024))).isEmpty();
    }
}
