package dev.tiercel.sinks.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.alert.Escaping;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A service that takes alerts as JSON by HTTP. What a request is, and what an answer means beside its status, is that
/// of the service.
abstract class ApiReceiver implements Receiver {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DIVIDING = Duration.ofSeconds(60);

    private final ApiEndpoint endpoint;

    ApiReceiver(ApiEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// The body of a request.
    abstract String body(List<Notice> notices);

    String contentType() {
        return "application/json";
    }

    /// What became of each notice, by the answer to a request of status 2xx; empty: only smaller requests can tell.
    List<DeliveryResult> results(List<Notice> notices, String answer) {
        return Collections.nCopies(notices.size(), DeliveryResult.DELIVERED);
    }

    /// Whether an answer is about what was sent, and not about who sent it, or when.
    boolean isRefusal(HttpSender.Response response) {
        return HttpSender.isRefusal(response.status());
    }

    @Override
    public final void check() throws IOException {
        endpoint.connect();
    }

    /// A request that is refused is divided until it is known which alerts are.
    @Override
    public final List<DeliveryResult> deliver(List<Notice> notices) throws IOException, InterruptedException {
        return deliver(notices, System.nanoTime() + DIVIDING.toNanos());
    }

    private List<DeliveryResult> deliver(List<Notice> notices, long deadline) throws IOException, InterruptedException {
        HttpSender.Response response = endpoint.post(contentType(), body(notices));
        List<DeliveryResult> results = response.isGood() ? results(notices, response.body()) : List.of();
        if (!results.isEmpty()) return results;
        DeliveryResult ofAll = result(response);
        boolean divides = response.isGood() || ofAll instanceof DeliveryResult.Refused;
        if (notices.size() == 1 || !divides) return Collections.nCopies(notices.size(), ofAll);
        int half = notices.size() / 2;
        List<DeliveryResult> both = new ArrayList<>(part(notices.subList(0, half), deadline));
        both.addAll(part(notices.subList(half, notices.size()), deadline));
        return both;
    }

    /// A failure in one part says nothing of the other.
    private List<DeliveryResult> part(List<Notice> notices, long deadline) throws InterruptedException {
        if (System.nanoTime() > deadline) return later(notices, "it takes long to find out which alerts are refused");
        try {
            return deliver(notices, deadline);
        } catch (IOException failure) {
            return later(notices, PlainCause.of(failure));
        }
    }

    /// None has arrived.
    static List<DeliveryResult> later(List<Notice> notices, String reason) {
        return Collections.nCopies(notices.size(), DeliveryResult.later(reason));
    }

    private DeliveryResult result(HttpSender.Response response) {
        DeliveryResult byStatus = endpoint.sender().result(response);
        return byStatus instanceof DeliveryResult.Refused refused && !isRefusal(response)
                ? DeliveryResult.later(refused.reason())
                : byStatus;
    }

    @Override
    public final void close() {
        endpoint.sender().close();
    }

    /// On one line. In every text control characters, line ends and what turns the direction of writing are escaped, so
    /// that it stays text wherever the service shows it.
    static String json(Object value) {
        try {
            return JSON.writeValueAsString(plain(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible); // maps, lists, texts and numbers
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case String text -> PlainText.line(text);
            case List<?> list -> list.stream().map(ApiReceiver::plain).toList();
            case Map<?, ?> map -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                map.forEach((key, inner) -> plain.put(PlainText.line(String.valueOf(key)), plain(inner)));
                yield plain;
            }
            default -> value;
        };
    }

    /// The fields of an alert as texts, for services that limit them: who chooses a value could keep the alert from
    /// arriving.
    ///
    /// @param each most characters of a value
    /// @param all  most characters of all names and values; fields beyond that are left out
    static Map<String, String> details(AlertView alert, int each, int all) {
        Map<String, String> details = new LinkedHashMap<>();
        int length = 0;
        for (String name : alert.values().keySet()) {
            String value = PlainText.line(cut(String.valueOf(alert.text(name)), each));
            length += name.length() + value.length();
            if (length > all) break;
            details.put(name, value);
        }
        return details;
    }

    /// The text of an alert for people: the route's template, or priority and output.
    static String text(Notice notice) {
        AlertView alert = notice.alert();
        return PlainText.line(
                notice.template() == null
                        ? alert.alert().getPriority() + ": " + alert.alert().getOutput() + alert.again()
                        : notice.template().render(alert, Escaping.LINE));
    }

    /// At most so many characters, with an ellipsis if there were more.
    static String cut(String text, int most) {
        if (text.length() <= most) return text;
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
