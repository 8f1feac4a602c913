package dev.tiercel.cli;

import dev.tiercel.cli.output.Json;
import dev.tiercel.kevent.KeventAbi;
import dev.tiercel.rules.RuleCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// What this program is.
///
/// @param version of the jar's manifest; `unknown` if it runs from classes
/// @param commit its first twelve digits, with `-dirty` if files were changed since; `unknown` if built without git
/// @param engine version of Falco's engine whose rule language this speaks
/// @param kernelAbi version of `probe-c/include/kevent.h`
record Version(String version, String commit, String engine, int kernelAbi, String jvm) {
    private static final String UNKNOWN = "unknown";

    static Version current() {
        @Nullable String jar = Version.class.getPackage().getImplementationVersion();
        return new Version(
                jar == null ? UNKNOWN : jar,
                commit(git()),
                RuleCompiler.engineVersion(),
                KeventAbi.VERSION,
                Runtime.version() + " on " + System.getProperty("os.arch"));
    }

    private static Properties git() {
        Properties git = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/git.properties")) {
            if (in != null) git.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("git.properties of the class path cannot be read", e);
        }
        return git;
    }

    static String commit(Properties git) {
        String commit = git.getProperty("git.commit.id.abbrev", "");
        if (commit.isEmpty()) return UNKNOWN;
        return git.getProperty("git.dirty", "").equals("true") ? commit + "-dirty" : commit;
    }

    String[] lines() {
        return new String[] {
            "tiercel " + version,
            "commit " + commit,
            "rule language of Falco's engine " + engine,
            "kernel ABI " + kernelAbi,
            "JVM " + jvm
        };
    }

    String json() {
        return new Json()
                .put("version", version)
                .put("commit", commit)
                .put("engine", engine)
                .put("kernel_abi", kernelAbi)
                .put("jvm", jvm)
                .line();
    }
}
