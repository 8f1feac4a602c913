package dev.tiercel.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

class LimitTest {
    private final List<String> settings = new ArrayList<>();

    @RegisterExtension
    final BeforeEachCallback reader = context -> {
        for (String name : List.of("default", "threaddump.enabled")) {
            settings.add(context.getConfigurationParameter("junit.jupiter.execution.timeout." + name)
                    .orElse("unset"));
        }
    };

    @Test
    void theBuildSetsOneForEveryTest() {
        assertThat(settings).containsExactly("180 s", "true");
    }
}
