package dev.tiercel.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The rules that ship with Tiercel, used when the user names none.
///
/// The resource `rules/index` names the files and their order; the first, `custom.yaml`, is for users to override.
public final class DefaultRules {

    private static final String FOLDER = "/rules/";

    private DefaultRules() {}

    /// The files, in the order they are to be loaded.
    public static List<RuleFile> files() {
        return names().stream().map(DefaultRules::file).toList();
    }

    /// Their names, in the same order.
    static List<String> names() {
        return file("index")
                .content()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /// One of these files, or of the test files beside them.
    ///
    /// @throws NullPointerException if there is no file called `name`
    public static RuleFile file(String name) {
        String path = FOLDER + name;
        try (InputStream in = Objects.requireNonNull(DefaultRules.class.getResourceAsStream(path), path)) {
            return new RuleFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + path, e);
        }
    }
}
