package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each suspicious action, performed for real, raises the alert of its rule, with the right process, parent, user, file
/// and container.
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackIT {
    private TiercelProcess tiercel;
    private AlertLog alerts;
    private Actor actor;

    @BeforeAll
    void start(@TempDir Path directory) {
        Machine.mustTrace();
        actor = new Actor(directory);
        tiercel = TiercelProcess.up(directory.resolve("data"));
        alerts = new AlertLog(tiercel.client());
    }

    @AfterAll
    void stop() {
        if (tiercel != null) {
            alerts.close();
            tiercel.close();
        }
    }

    static List<Attack> onHost() {
        return Attacks.all().stream().filter(Attack::isOnHost).toList();
    }

    static List<Attack> inContainers() {
        return Attacks.all().stream().filter(attack -> !attack.isOnHost()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onHost")
    void alertsOnActionsOnTheHost(Attack attack) {
        int mark = alerts.mark();
        actor.onHost(attack.line());
        assertAlerted(mark, attack);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inContainers")
    @Tag("docker")
    void alertsOnActionsInContainers(Attack attack) {
        Machine.mustRunContainers();
        actor.buildImage();
        int mark = alerts.mark();
        actor.inContainer(attack.container(), attack.options(), attack.line());
        assertAlerted(mark, attack);
    }

    private void assertAlerted(int mark, Attack attack) {
        assertThat(alerts.await(mark, attack::fits, Duration.ofSeconds(20)))
                .withFailMessage(() -> "no alert fits " + attack.fields() + "; alerts since: " + alerts.since(mark)
                        + (attack.isOnHost() ? "" : "; started in containers: " + startedInContainers()))
                .isPresent();
    }

    private List<String> startedInContainers() {
        try (EventLog events = new EventLog(tiercel.client())) {
            return events.startedInContainers();
        }
    }
}
