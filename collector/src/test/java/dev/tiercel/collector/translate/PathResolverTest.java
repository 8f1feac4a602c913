package dev.tiercel.collector.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathResolverTest {
    @ParameterizedTest
    @CsvSource({
        "/root/,x,/root/x",
        "/root,x,/root/x",
        "/root/,../x,/x",
        "/root/,../../../x,/x",
        "/root/,./a/./b/,/root/a/b",
        "/root/,/abs//path/../file,/abs/file",
        "/root/,..,/",
        "/root/,.,/root",
        "/,x,/x",
        "'',x,x",
        "'',/x,/x",
        "/a/b/,'',/a/b",
        "/a/b/,...,/a/b/...",
        "/a/b/,..c/.d,/a/b/..c/.d",
        "/a/../b/./,c,/b/c",
    })
    void resolvesLexically(String base, String path, String expected) {
        PathResolver text = new PathResolver();
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        text.resolve(base.getBytes(StandardCharsets.UTF_8), ByteBuffer.wrap(utf8), 0, utf8.length);

        assertThat(new String(text.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/var/log,a/../b,/var/log/b",
        "/var/log,/abs,/abs",
        "/var/log/,'',/var/log",
        "cut/top,../x,cut/x",
        "cut,/abs,/abs"
    })
    void resolvesInsideARecord(String base, String path, String expected) {
        byte[] record = (base + path).getBytes(StandardCharsets.UTF_8);
        PathResolver text = new PathResolver();
        text.resolve(ByteBuffer.wrap(record), 0, base.length(), base.length(), path.length());

        assertThat(new String(text.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(expected);
    }
}
