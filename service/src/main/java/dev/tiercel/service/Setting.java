package dev.tiercel.service;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/// One key as an app declared it, with its effective value.
///
/// @param key          dotted lower-case: `collector.ring-bytes`
/// @param type         what a value looks like: `integer 1..64`, `duration`, `first|all`
/// @param defaultValue as it would be written in a file; empty: none
/// @param doc          one sentence
/// @param value        the effective value as it was written; the default if it is not set
/// @param source       `default`, `tiercel.conf:12`, `environment TIERCEL_X`, `--set`
record Setting(String key, String type, String defaultValue, String doc, String value, String source) {
    static final String MASK = "********";

    /// The value, or eight asterisks if the key names a secret.
    String shown() {
        return secret(key) && !value.isEmpty() ? MASK : value;
    }

    /// The settings as a Markdown table.
    static String markdown(Collection<Setting> settings) {
        return settings.stream()
                .map(s -> "| `%s` | %s | %s | %s |%n"
                        .formatted(
                                s.key,
                                cell(s.type),
                                s.defaultValue.isEmpty() ? "" : "`" + cell(s.defaultValue) + "`",
                                cell(s.doc)))
                .collect(Collectors.joining(
                        "", "| key | value | default | meaning |%n|---|---|---|---|%n".formatted(), ""));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    static boolean secret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.endsWith("password")
                || lower.endsWith("token")
                || lower.endsWith("secret")
                || lower.endsWith("jaas.config")
                || lower.endsWith("keystore.key")
                || lower.endsWith("user.info");
    }
}
