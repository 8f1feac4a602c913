package dev.tiercel.cli.up;

import dev.tiercel.cli.output.Talk;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.LoadedRules;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;

/// The one line that says what is watched, by what, and where to look.
record ReadyLine(String source, Detector detector, String bootstrapServers, URI registry) {
    String text() {
        int rules = Optional.ofNullable(detector.rules())
                .map(LoadedRules::ruleSet)
                .map(set -> set.rules().size())
                .orElse(0);
        return "watching " + source + "; " + Talk.counted(rules, "rule") + " loaded; broker " + bootstrapServers
                + " with topics " + topics() + "; registry " + registry;
    }

    private static String topics() {
        return Topics.all().stream()
                .map(Topic::name)
                .filter(name -> !name.startsWith("_"))
                .collect(Collectors.joining(" "));
    }
}
