package dev.tiercel.cli.rules;

import dev.tiercel.detector.publication.RuleSources;
import dev.tiercel.rules.DefaultRules;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.ruletools.testing.RuleTestSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The rules that tests run against.
///
/// @param paths rules named by the user
/// @param withDefaults whether to load the default rules before them
/// @param added to their outputs
record TestedRules(List<Path> paths, boolean withDefaults, List<ExtraOutput> added) {
    private static final String TESTS = "_test.";

    /// The files to load before `file` and its tests.
    List<RuleFile> before(Path file, RuleTestSuite tests) {
        List<RuleFile> before =
                new ArrayList<>(RuleOptions.sources(paths, withDefaults).read());
        for (String required : tests.required()) {
            before.add(RuleSources.file(file.resolveSibling(required)));
        }
        String name = file.getFileName().toString();
        if (tests.required().isEmpty() && name.contains(TESTS)) {
            Path sibling = file.resolveSibling(name.replace(TESTS, "."));
            if (Files.exists(sibling)) before.add(RuleSources.file(sibling));
        }
        return before.isEmpty() && name.contains(TESTS) ? DefaultRules.files() : before;
    }
}
