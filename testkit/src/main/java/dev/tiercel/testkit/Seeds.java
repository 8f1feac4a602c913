package dev.tiercel.testkit;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

/// Seeds of generated tests: the same at every run, or the one in `-Dtiercel.seed=…` to reproduce a failure.
public final class Seeds {
    private Seeds() {}

    /// `count` fixed seeds, or only the requested one; failure messages should contain the seed.
    public static LongStream seeds(int count) {
        String wanted = System.getProperty("tiercel.seed");
        return wanted != null ? LongStream.of(Long.parseLong(wanted)) : LongStream.rangeClosed(1, count);
    }

    /// A generator that yields the same numbers for a seed on every machine and JDK.
    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// A random element of `choices`.
    public static <T> T oneOf(RandomGenerator random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
