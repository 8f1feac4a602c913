package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A YAML node with its position.
public sealed interface Yaml {

    /// The documents of `file`, none of them empty.
    ///
    /// @throws ProblemException if it is not YAML or exceeds a limit
    static List<Yaml> parse(SourceFile file) throws ProblemException {
        return YamlParser.parse(file);
    }

    /// Where the node begins.
    SourcePosition position();

    /// A scalar.
    ///
    /// @param plain not quoted and not a block
    record Scalar(String value, boolean plain, SourcePosition position, int end) implements Yaml {

        public boolean isNull() {
            return plain
                    && switch (value) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }

        /// The value with the position of each character.
        public LocatedText text() {
            return ScalarText.align(this);
        }
    }

    /// A sequence.
    record Sequence(List<Yaml> items, SourcePosition position) implements Yaml {}

    /// A mapping; the parser rejects keys that are not scalars.
    record Mapping(List<Entry> entries, SourcePosition position) implements Yaml {

        /// The value of the first entry with `key`; null: none.
        @Nullable
        public Yaml get(String key) {
            for (Entry entry : entries) {
                if (entry.key().value().equals(key)) {
                    return entry.value();
                }
            }
            return null;
        }

        public boolean has(String key) {
            return get(key) != null;
        }
    }

    /// A key and its value.
    record Entry(Scalar key, Yaml value) {}
}
