package dev.tiercel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.access.Role;
import dev.tiercel.schemas.Topic;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

class DetectCommandTest {
    @Test
    void itAsksForNoTopicThatItsUserMayNotSee() {
        Set<String> visible = Role.DETECTOR.rights(new Role.Scope("app", List.of())).stream()
                .filter(right -> right.entry().operation() == AclOperation.DESCRIBE)
                .map(right -> right.pattern().name())
                .collect(Collectors.toSet());
        assertThat(DetectCommand.judged()).extracting(Topic::name).isSubsetOf(visible);
    }
}
