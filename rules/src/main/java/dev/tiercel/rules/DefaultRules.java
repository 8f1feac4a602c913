package dev.tiercel.rules;

import java.util.List;

/// The rules that ship with Tiercel: what is in force when the user names none.
///
/// The resource `rules/index` names the files and their order; the first, `custom.yaml`, is for users to override.
public final class DefaultRules {

    private static final String FOLDER = "/rules/";

    private DefaultRules() {}

    /// The files, in the order they are to be loaded.
    public static List<RuleFile> files() {
        return read("index")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(name -> new RuleFile(name, read(name)))
                .toList();
    }

    private static String read(String name) {
        return Resources.text(FOLDER + name);
    }
}
