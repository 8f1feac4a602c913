package dev.tiercel.benchmarks;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.BackEnd;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import dev.tiercel.schemas.BatchCursor;
import java.util.List;

/// What a detector must find in some batches: the same rules as closures, over the same bytes, without Kafka.
final class ClosureOracle {
    private final BatchCursor cursor = new BatchCursor();
    private final SyscallRow row;
    private final Evaluator evaluator;
    private final MatchHandler count = rule -> this.matches++;
    private long events;
    private long matches;

    ClosureOracle(List<RuleFile> files, CompileOptions options) {
        RuleSet rules = RuleFixtures.compile(files, options.withBackEnd(BackEnd.CLOSURES));
        row = new SyscallRow(rules.slots());
        evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
    }

    void judge(byte[] batch) {
        cursor.wrap(batch);
        row.batch(cursor);
        while (cursor.next()) {
            row.event();
            evaluator.evaluate(row, count);
            events++;
        }
    }

    /// @throws IllegalStateException if the detector counted otherwise
    void check(long detectedEvents, double detectedMatches) {
        if (detectedEvents != events || Math.round(detectedMatches) != matches) {
            throw new IllegalStateException("the detector counted %d events and %.0f matches, not %d and %d"
                    .formatted(detectedEvents, detectedMatches, events, matches));
        }
    }
}
