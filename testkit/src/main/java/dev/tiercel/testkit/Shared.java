package dev.tiercel.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Real inputs that are too large for the repository or under another licence, in `../shared` beside the checkout. A
/// test that lacks them is skipped and says so.
///
/// ```java
/// Optional<Path> rules = Shared.path("data/falco-rules/official");
/// assumeTrue(rules.isPresent(), "needs ../shared/data/falco-rules/official");
/// ```
public final class Shared {
    private Shared() {}

    /// The file or directory, if it exists.
    public static Optional<Path> path(String relative) {
        Path path = Checkout.root().resolve("../shared").resolve(relative).normalize();
        return Files.exists(path) ? Optional.of(path) : Optional.empty();
    }
}
