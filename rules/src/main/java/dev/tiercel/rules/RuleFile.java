package dev.tiercel.rules;

import dev.tiercel.rules.source.SourceFile;

/// A rules file: a stream of YAML documents.
///
/// @param name as it appears in diagnostics, usually its path
public record RuleFile(String name, String content) {

    /// Its text, as the compiler's stages take it.
    public SourceFile source() {
        return SourceFile.of(name, content);
    }
}
