package dev.tiercel.sinks.receiver;

import dev.tiercel.sinks.yaml.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A message in a channel of Slack, by an incoming webhook. Nothing in it is a mention, a link or markup: it is plain
/// text, and the three characters that Slack gives a meaning are escaped.
///
/// Source: docs.slack.dev, "Sending messages using incoming webhooks", "Formatting message text", rate limits (one a
/// second).
final class SlackReceiver extends ApiReceiver {
    /// Slack cuts longer texts at 40,000, and shows them badly.
    private static final int CHARACTERS = 3_900;

    private SlackReceiver(ApiEndpoint endpoint) {
        super(endpoint);
    }

    /// Reads `url`, which is a secret.
    static Receiver read(Section section) {
        return new SlackReceiver(ApiEndpoint.read(section, "", ""));
    }

    @Override
    String body(List<Notice> notices) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("text", escaped(cut(text(notices.getFirst()), CHARACTERS)));
        message.put("mrkdwn", false);
        message.put("parse", "none");
        message.put("link_names", false);
        message.put("unfurl_links", false);
        message.put("unfurl_media", false);
        return json(message);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
