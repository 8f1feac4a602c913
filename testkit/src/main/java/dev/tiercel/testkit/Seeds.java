package dev.tiercel.testkit;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

/// Seeds of generated tests: the same ones at every run, or the one under `-Dtiercel.seed=…` to repeat a failure.
public final class Seeds {
    private Seeds() {}

    /// `count` fixed seeds, or only the one asked for; put the seed in the failure's message.
    public static LongStream seeds(int count) {
        String wanted = System.getProperty("tiercel.seed");
        return wanted != null ? LongStream.of(Long.parseLong(wanted)) : LongStream.rangeClosed(1, count);
    }

    /// The generator of a seed: the same numbers on every machine and JDK.
    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// One of `choices`.
    public static <T> T oneOf(RandomGenerator random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
