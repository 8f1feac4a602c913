package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.state.BadStateException;

/// Takes what is made where somebody only looks.
final class Unheard implements CorrelationOutput {
    @Override
    public void alert(CorrelatedAlert alert) {}

    @Override
    public void ruleAlert(RuleAlert alert) {}

    @Override
    public void fold(RuleAlert alert) {}

    @Override
    public void match(Match match) {}

    @Override
    public void settled(String source, long time) {}

    @Override
    public void missing(String source, long from, long to) {}

    @Override
    public void quarantined(Quarantine begun) {}

    @Override
    public void late(Match match, long watermark) {}

    @Override
    public void corrupt(byte[] key, byte[] state, BadStateException reason) {}
}
