package dev.tiercel.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.avro.SyscallBatch;
import dev.tiercel.testkit.Seeds;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A process of an earlier batch is found again by its bytes, and has the same token if all around it is the same.
class KnownProcessesTest {

    private final BatchCursor cursor = new BatchCursor();

    static LongStream seeds() {
        return Seeds.seeds(50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void batchesAreReadTheSameEachTime(long seed) {
        BatchGenerator generator = new BatchGenerator(Seeds.random(seed));
        List<SyscallBatch> batches = Stream.generate(generator::batch).limit(5).toList();
        for (int pass = 0; pass < 3; pass++) {
            for (SyscallBatch batch : batches) {
                cursor.wrap(BatchModel.write(new BatchWriter(), batch, 1));
                assertThat(BatchModel.read(cursor))
                        .as("seed=%d pass=%d", seed, pass)
                        .isEqualTo(batch);
            }
        }
    }

    @Test
    void aTokenStaysWhateverElseIsInTheBatch() {
        wrap(batch -> add(batch, add(batch, -1, 1), 2));
        long parent = cursor.processToken(0);
        long child = cursor.processToken(1);

        wrap(batch -> {
            int other = add(batch, -1, 3);
            add(batch, other + 2, 2);
            add(batch, -1, 1);
        });

        assertThat(cursor.processToken(1)).isEqualTo(child);
        assertThat(cursor.processToken(2)).isEqualTo(parent);
        assertThat(cursor.processToken(0)).isPositive().isNotIn(parent, child);
    }

    @Test
    void aTokenChangesWithTheProcessAndWithAnyoneItStandsFor() {
        List<Consumer<BatchWriter>> different = List.of(
                batch -> add(batch, family(batch, 1, 2, 3, "a"), 4),
                batch -> add(batch, family(batch, 9, 2, 3, "a"), 4),
                batch -> add(batch, family(batch, 1, 9, 3, "a"), 4),
                batch -> add(batch, family(batch, 1, 2, 9, "a"), 4),
                batch -> add(batch, family(batch, 1, 2, 3, "b"), 4),
                batch -> add(batch, -1, 4),
                batch -> add(batch, family(batch, 1, 2, 3, "a"), 5));

        List<Long> tokens = different.stream().map(this::tokenOfLast).toList();

        assertThat(tokens).doesNotHaveDuplicates();
        assertThat(tokenOfLast(different.getFirst())).isNotIn(tokens.subList(1, tokens.size()));
        assertThat(tokenOfLast(different.getFirst())).isEqualTo(tokenOfLast(different.getFirst()));
    }

    /// A process whose parent, session leader, group leader and container are these.
    private static int family(BatchWriter batch, long parent, long session, long group, String container) {
        byte[] body = new ProcessEncoder().pid(100).encode();
        int inside = batch.addContainer(new ContainerEncoder().id(container).encode());
        return batch.addProcess(
                add(batch, -1, parent), add(batch, -1, session), add(batch, -1, group), inside, body, body.length);
    }

    private long tokenOfLast(Consumer<BatchWriter> content) {
        wrap(content);
        return cursor.processToken(cursor.processCount() - 1);
    }

    @Test
    void theSameBytesTwiceInABatchAreTwoProcesses() {
        wrap(batch -> {
            int parent = add(batch, -1, 1);
            add(batch, parent, 2);
            add(batch, -1, 2);
        });

        assertThat(cursor.process(1).parent()).isZero();
        assertThat(cursor.process(2).parent()).isEqualTo(-1);
        assertThat(cursor.processToken(1)).isNotEqualTo(cursor.processToken(2));
    }

    @Test
    void aProcessThatIsItsOwnAncestorHasATokenInThisBatchOnly() {
        Consumer<BatchWriter> loop = batch -> {
            add(batch, 1, 1);
            add(batch, 2, 2);
            add(batch, 0, 3);
        };
        wrap(loop);
        long token = cursor.processToken(1);
        assertThat(token).isPositive();
        assertThat(cursor.processToken(1)).isEqualTo(token);

        wrap(loop);

        assertThat(cursor.processToken(1)).isPositive().isNotEqualTo(token);
    }

    @Test
    void aLongLineOfAncestorsAndMoreProcessesThanAreRememberedAreRead() {
        int processes = 3 * KnownProcesses.ENTRIES;
        for (int pass = 0; pass < 2; pass++) {
            wrap(batch -> {
                for (int i = 0; i < processes; i++) {
                    add(batch, i + 1 < processes ? i + 1 : -1, i);
                }
            });
            for (int i = 0; i < processes; i++) {
                assertThat(cursor.process(i).pid()).isEqualTo(i);
                assertThat(cursor.process(i).name()).isEqualTo("p" + i);
            }
            assertThat(LongStream.range(0, processes).map(i -> cursor.processToken((int) i)))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aProcessTooLongToBeRememberedIsReadInEveryBatch() {
        String name = "x".repeat(KnownProcesses.LONGEST);
        for (int pass = 0; pass < 3; pass++) {
            wrap(batch -> {
                byte[] body = new ProcessEncoder().pid(7).name(name).encode();
                batch.addProcess(-1, -1, -1, -1, body, body.length);
                add(batch, 0, 8);
            });
            assertThat(cursor.process(0).name()).isEqualTo(name);
            assertThat(cursor.process(1).name()).isEqualTo("p8");
        }
    }

    private static int add(BatchWriter batch, int parent, long pid) {
        byte[] body = new ProcessEncoder().pid(pid).name("p" + pid).encode();
        return batch.addProcess(parent, -1, -1, -1, body, body.length);
    }

    private void wrap(Consumer<BatchWriter> content) {
        BatchWriter writer = new BatchWriter();
        writer.begin(new BatchHeader("node", 0, 0, 0, 0, 0));
        content.accept(writer);
        cursor.wrap(writer.finish(0, 1));
    }
}
