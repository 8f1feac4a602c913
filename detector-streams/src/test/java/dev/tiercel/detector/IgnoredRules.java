package dev.tiercel.detector;

import dev.tiercel.schemas.avro.RuleFiles;
import org.jspecify.annotations.Nullable;

/// Is told of rules and does nothing.
final class IgnoredRules implements FollowRules.Listener {
    @Override
    public void inForce(RuleFiles files, long time) {}

    @Override
    public void refused(@Nullable RuleFiles files, String reasons) {}
}
