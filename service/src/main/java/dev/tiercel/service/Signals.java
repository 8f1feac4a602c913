package dev.tiercel.service;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handles SIGTERM and SIGINT, so that a requested stop ends with exit code 0.
///
/// Uses reflection, because naming `sun.misc.Signal` (module jdk.unsupported) causes a compiler warning that cannot be
/// suppressed.
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /// Runs `action` in a thread of its own at each of the two signals.
    @SuppressWarnings("ReferenceEquality") // equals of a proxy
    static void onStop(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            action.run();
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> self == arguments[0];
                        default -> "stop on signal";
                    });
            for (String name : new String[] {"TERM", "INT"}) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException absent) {
            LOG.warn("signals cannot be handled, a stop will exit with the JVM's own code: {}", absent.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(action, "stop"));
        }
    }
}
