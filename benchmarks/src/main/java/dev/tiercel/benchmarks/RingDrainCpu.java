package dev.tiercel.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/// [RingDrainBenchmark] by the thread's CPU time instead of wall-clock time, for shared machines.
///
/// `bin/bench RingDrainCpu [rounds]`. Prints the best of 30 rounds of 2 million records each, as neighbours
/// can only slow a round down; their effects on caches and on the sibling hyperthread remain.
public final class RingDrainCpu {
    private static final int DRAINS = 100;
    private static final int RECORDS_PER_DRAIN = 20_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RingDrainCpu() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        for (int records : new int[] {1000, 20_000}) {
            RingDrainBenchmark benchmark = new RingDrainBenchmark();
            benchmark.records = records;
            benchmark.fill();
            print("skip", records, rounds, benchmark::skip);
            print("decode", records, rounds, benchmark::decode);
            print("decodeAndCopy", records, rounds, benchmark::decodeAndCopy);
        }
    }

    private static void print(String name, int records, int rounds, LongSupplier drain) {
        long best = Long.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < rounds; round++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < DRAINS; i++) {
                sum += drain.getAsLong();
            }
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - begin);
        }
        double nanos = (double) best / DRAINS / RECORDS_PER_DRAIN;
        System.out.printf("%-14s %6d records in the ring  %5.1f ns/record  (sum %d)%n", name, records, nanos, sum);
    }
}
