package dev.tiercel.sinks.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.alert.Escaping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A service that takes alerts as JSON by HTTP. What a request is, and what an answer means beside its status, is that
/// of the service.
abstract class ApiReceiver implements Receiver {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiEndpoint endpoint;

    ApiReceiver(ApiEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// The body of a request.
    abstract String body(List<Notice> notices);

    String contentType() {
        return "application/json";
    }

    /// What became of each notice, by the answer to a request of status 2xx.
    List<DeliveryResult> results(List<Notice> notices, String answer) {
        return Collections.nCopies(notices.size(), DeliveryResult.DELIVERED);
    }

    @Override
    public final void check() throws IOException {
        endpoint.connect();
    }

    /// A request that is refused is divided until it is known which alerts are.
    @Override
    public final List<DeliveryResult> deliver(List<Notice> notices) throws IOException, InterruptedException {
        HttpSender.Response response = endpoint.post(contentType(), body(notices));
        if (response.isGood()) return results(notices, response.body());
        if (notices.size() == 1 || !HttpSender.isRefusal(response.status())) {
            return Collections.nCopies(notices.size(), endpoint.sender().result(response));
        }
        int half = notices.size() / 2;
        List<DeliveryResult> results = new ArrayList<>(deliver(notices.subList(0, half)));
        results.addAll(deliver(notices.subList(half, notices.size())));
        return results;
    }

    @Override
    public final void close() {
        endpoint.sender().close();
    }

    /// On one line; what turns the direction of writing is escaped.
    static String json(Object value) {
        try {
            return PlainText.json(JSON.writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible); // maps, lists, texts and numbers
        }
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

    static long milliseconds(long nanos) {
        return nanos / 1_000_000;
    }
}
