package dev.tiercel.sinks.receiver;

import dev.tiercel.sinks.yaml.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A message in a channel of Discord, by a webhook. Nobody is mentioned, nothing is embedded, and Markdown is escaped.
///
/// Source: discord.com/developers/docs, "Execute Webhook", "Allowed Mentions", message flags.
final class DiscordReceiver extends ApiReceiver {
    private static final int CHARACTERS = 2_000;
    private static final int SUPPRESS_EMBEDS = 1 << 2;
    private static final Pattern MARKDOWN = Pattern.compile("([\\\\*_~`|>#\\[\\]()<@:-])");

    private DiscordReceiver(ApiEndpoint endpoint) {
        super(endpoint);
    }

    /// Reads `url`, which is a secret.
    static Receiver read(Section section) {
        return new DiscordReceiver(ApiEndpoint.read(section, "", ""));
    }

    @Override
    String body(List<Notice> notices) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("content", cut(MARKDOWN.matcher(text(notices.getFirst())).replaceAll("\\\\$1"), CHARACTERS));
        message.put("allowed_mentions", Map.of("parse", List.of()));
        message.put("flags", SUPPRESS_EMBEDS);
        return json(message);
    }
}
