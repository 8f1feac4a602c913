package dev.tiercel.rules.yaml;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A semantic version.
record SemanticVersion(int major, int minor, int patch) implements Comparable<SemanticVersion> {

    /// The version of Falco's engine whose language this implements.
    static final SemanticVersion ENGINE = new SemanticVersion(0, 63, 0);

    /// Anything after the three numbers is ignored.
    private static final Pattern SEMANTIC =
            Pattern.compile("\\s*(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(?!\\d).*", Pattern.DOTALL);

    static Optional<SemanticVersion> parse(String text) {
        Matcher matcher = SEMANTIC.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new SemanticVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3)));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /// Whether this satisfies `required`: the same major version, and not older.
    boolean serves(SemanticVersion required) {
        return major == required.major && compareTo(required) >= 0;
    }

    @Override
    public int compareTo(SemanticVersion other) {
        return Comparator.comparingInt(SemanticVersion::major)
                .thenComparingInt(SemanticVersion::minor)
                .thenComparingInt(SemanticVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
