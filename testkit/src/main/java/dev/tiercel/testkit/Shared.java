package dev.tiercel.testkit;

import dev.tiercel.harness.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Real inputs that are too large for the repository or under another licence, in `../shared` beside the checkout, or
/// in the directory that `TIERCEL_SHARED` names; `TIERCEL_SHARED=none` hides them, as in a plain clone.
///
/// ```java
/// Path rules = Shared.required("data/falco-rules/official");
/// ```
public final class Shared {
    private Shared() {}

    /// The file or folder; a test without it is skipped, or fails where [Requirement#SHARED] is required.
    public static Path required(String relative) {
        Optional<Path> path = path(relative);
        Requirement.SHARED.check(path.isPresent(), "../shared/" + relative);
        return path.orElseThrow();
    }

    /// The file or folder, if it is there. For tools: a test that does less where something is missing tests less than
    /// it says.
    public static Optional<Path> path(String relative) {
        return path(relative, System.getenv("TIERCEL_SHARED"));
    }

    static Optional<Path> path(String relative, @Nullable String folder) {
        if ("none".equals(folder)) return Optional.empty();
        Path path = Checkout.root().resolve(folder == null ? "../shared" : folder);
        return Optional.of(path.resolve(relative).normalize()).filter(Files::exists);
    }
}
