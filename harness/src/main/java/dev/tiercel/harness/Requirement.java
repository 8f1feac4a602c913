package dev.tiercel.harness;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// What a test needs of the machine. Where it is missing the test is skipped, or fails if `TIERCEL_REQUIRE` names it.
///
/// `TIERCEL_REQUIRE` is a comma-separated list of kinds in lower case, such as `kernel,docker`, or `none`. This is the
/// only way to skip a test: its own test refuses assumptions and conditions elsewhere.
public enum Requirement {
    /// Root or the capabilities to load eBPF programs, kernel BTF, and a built probe.
    KERNEL,
    /// A Docker engine that answers.
    DOCKER,
    /// Docker Compose, and the images that `docker-compose.yml` names.
    STACK,
    /// The data beside the checkout.
    SHARED,
    /// A JVM for x86_64.
    AMD64,
    /// Programs that only tests use: zsh, systemd-analyze, and Prometheus.
    TOOLS;

    private static final String VARIABLE = "TIERCEL_REQUIRE";

    /// Returns if `met`; otherwise skips the test, or fails it where this kind is required.
    ///
    /// @param reason what is missing, in words
    /// @throws TestAbortedException if it is not met and not required
    /// @throws AssertionError if it is not met and required
    /// @throws IllegalArgumentException if `TIERCEL_REQUIRE` names an unknown kind
    public void check(boolean met, String reason) {
        check(met, reason, required(System.getenv(VARIABLE)));
    }

    void check(boolean met, String reason, Set<Requirement> required) {
        if (met) return;
        String message = "needs " + label() + ": " + reason;
        if (required.contains(this)) throw new AssertionError(message + " (" + VARIABLE + " forbids to skip this)");
        throw new TestAbortedException(message);
    }

    static Set<Requirement> required(@Nullable String list) {
        return Arrays.stream(Objects.requireNonNullElse(list, "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.equals("none"))
                .map(Requirement::named)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Requirement.class)));
    }

    private static Requirement named(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        VARIABLE + " names '" + label + "'; known kinds: " + Arrays.toString(labels())));
    }

    private static String[] labels() {
        return Arrays.stream(values()).map(Requirement::label).toArray(String[]::new);
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
