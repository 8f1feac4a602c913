package dev.tiercel.rules;

import dev.tiercel.rules.source.SourceFile;

/// One rules file: a stream of YAML documents.
///
/// @param name what diagnostics call it, usually its path
public record RuleFile(String name, String content) {

    /// Its text, for the stages of the compiler.
    public SourceFile source() {
        return SourceFile.of(name, content);
    }
}
