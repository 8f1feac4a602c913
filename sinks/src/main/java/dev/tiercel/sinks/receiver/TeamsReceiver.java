package dev.tiercel.sinks.receiver;

import dev.tiercel.sinks.yaml.Section;
import java.util.List;
import java.util.Map;

/// A card in a channel of Microsoft Teams, by the webhook of a workflow. A text run has no Markdown, mentions or links.
///
/// Source: learn.microsoft.com, "Create incoming webhooks with Workflows for Microsoft Teams"; adaptivecards.io,
/// RichTextBlock. A card is at most 28 KB.
final class TeamsReceiver extends ApiReceiver {
    private static final int CHARACTERS = 6_000;

    private TeamsReceiver(ApiEndpoint endpoint) {
        super(endpoint);
    }

    /// Reads `url`, which is a secret.
    static Receiver read(Section section) {
        return new TeamsReceiver(ApiEndpoint.read(section, "", ""));
    }

    @Override
    String body(List<Notice> notices) {
        Map<String, Object> run = Map.of("type", "TextRun", "text", cut(text(notices.getFirst()), CHARACTERS));
        Map<String, Object> card = Map.of(
                "type", "AdaptiveCard",
                "version", "1.2",
                "body", List.of(Map.of("type", "RichTextBlock", "inlines", List.of(run))));
        Map<String, Object> attachment =
                Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card);
        return json(Map.of("type", "message", "attachments", List.of(attachment)));
    }
}
