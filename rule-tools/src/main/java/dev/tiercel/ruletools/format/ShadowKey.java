package dev.tiercel.ruletools.format;

import dev.tiercel.rules.yaml.Yaml;

/// The key `shadow` and its value in the text of a file.
///
/// @param entry its value is a scalar
record ShadowKey(Yaml.Entry entry) {

    /// The text without the key's lines or, where other keys share them, with `false` as its value.
    String removed() {
        String content = entry.key().position().file().content();
        int start = ItemText.lineStart(content, entry.key().position().offset());
        int end = ItemText.lineEnd(content, scalar().end());
        boolean alone = blank(content.substring(start, entry.key().position().offset()))
                && blank(content.substring(scalar().end(), end));
        return alone
                ? content.substring(0, start) + content.substring(Math.min(end + 1, content.length()))
                : content.substring(0, scalar().position().offset()) + "false" + content.substring(scalar().end());
    }

    private Yaml.Scalar scalar() {
        return (Yaml.Scalar) entry.value();
    }

    /// Blank, or a comment, which goes with the key.
    private static boolean blank(String text) {
        return text.isBlank() || text.stripLeading().startsWith("#");
    }
}
