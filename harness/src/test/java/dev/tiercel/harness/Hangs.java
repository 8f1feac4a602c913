package dev.tiercel.harness;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Test classes that never end or end their JVM, each run in a JVM of its own by [WatchdogTest].
final class Hangs {
    private Hangs() {}

    /// Runs one class as surefire does: `args[0]` is its name.
    public static void main(String[] args) throws ClassNotFoundException {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(Class.forName(args[0], false, Hangs.class.getClassLoader())))
                        .build());
        System.exit(0);
    }

    private static boolean forever() {
        while (true) {
            LockSupport.park();
            var _ = Thread.interrupted();
        }
    }

    static class InATestThatIgnoresItsInterrupt {
        @Test
        void hangs() {
            forever();
        }
    }

    static class InItsInitialiser {
        private static final boolean NEVER = forever();

        @Test
        void isNeverReached() {
            assert !NEVER;
        }
    }

    static class BeforeAllTests {
        @BeforeAll
        static void hangs() {
            forever();
        }

        @Test
        void isNeverReached() {}
    }

    static class AfterAllTests {
        @Test
        void passes() {}

        @AfterAll
        static void hangs() {
            forever();
        }
    }

    static class Exits {
        @Test
        void endsTheJvm() {
            System.exit(0);
        }
    }

    static class Ends {
        @Test
        void passes() {}
    }
}
