package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of GitHub events.
final class GithubFields implements DocumentFields {

    @Override
    public String source() {
        return "github";
    }

    @Override
    public String plugin() {
        return "github";
    }

    @Override
    public Map<String, Function<FieldReference, DocumentExtractor>> extractors() {
        return Map.of();
    }

    @Override
    public @Nullable Long moment(CurrentDocument event) {
        return null;
    }

    @Override
    public @Nullable String line(CurrentDocument event) {
        return null;
    }
}
