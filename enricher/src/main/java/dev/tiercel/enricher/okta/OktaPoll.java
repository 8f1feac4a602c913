package dev.tiercel.enricher.okta;

import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.enricher.source.PolledSource.Handover;
import dev.tiercel.enricher.source.PolledSource.Poll;
import dev.tiercel.enricher.source.Progress;
import dev.tiercel.service.Health;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks the system log for page after page: where a page ends, Okta says where the next one begins.
final class OktaPoll implements Poll {
    private static final String LOG = "/api/v1/logs";
    private static final String SINCE = LOG + "?limit=1000&sortOrder=ASCENDING&since=";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");
    private static final Duration UNKNOWN_RESET = Duration.ofMinutes(1);
    private static final int OK = 200;
    private static final int TOO_MANY = 429;

    private final String part;
    private final OktaClient client;
    private final OktaConfig config;
    private final OktaFormat format;
    private String next;

    /// @param name names the source in its progress
    OktaPoll(String name, OktaClient client, OktaConfig config, OktaFormat format) {
        part = name + "#next";
        this.client = client;
        this.config = config;
        this.format = format;
        next = SINCE + encoded(Instant.now().minus(config.since()));
    }

    private static String encoded(Instant time) {
        return URLEncoder.encode(time.toString(), StandardCharsets.UTF_8);
    }

    @Override
    public void resume(Progress before) {
        before.position(part).ifPresent(position -> next = position.substring(1, position.length() - 1));
    }

    @Override
    public Duration ask(Handover handover) throws OriginException, InterruptedException {
        HttpResponse<byte[]> answer = client.get(next);
        if (answer.statusCode() == TOO_MANY) return untilReset(answer);
        if (answer.statusCode() != OK) throw OktaClient.refused(answer);
        String following = following(answer);
        Delivery delivery = new Delivery(format.eventSource());
        split(answer.body(), delivery);
        boolean empty = delivery.isEmpty();
        if (!following.equals(next)) delivery.progress(part, '"' + following + '"');
        if (!delivery.isEmpty()) {
            var _ = handover.publish(delivery);
        }
        next = following;
        Duration wait = remaining(answer) == 0 ? untilReset(answer) : Duration.ZERO;
        return empty && wait.compareTo(config.poll()) < 0 ? config.poll() : wait;
    }

    private void split(byte[] body, Delivery delivery) {
        try {
            format.split(body, delivery);
        } catch (MalformedException none) {
            delivery.malformed(body, String.valueOf(none.getMessage()));
        }
    }

    /// Path and query of the next page; the same page again if there is none.
    private String following(HttpResponse<byte[]> answer) throws OriginException {
        for (String link : answer.headers().allValues("link")) {
            Matcher found = NEXT.matcher(link);
            if (found.find()) return own(URI.create(found.group(1)));
        }
        return next;
    }

    /// The token is for nobody else.
    private String own(URI uri) throws OriginException {
        if (!client.isOwn(uri) || !LOG.equals(uri.getRawPath())) {
            throw new OriginException("Okta names a next page elsewhere: " + uri);
        }
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static long remaining(HttpResponse<byte[]> answer) {
        return answer.headers().firstValueAsLong("x-rate-limit-remaining").orElse(1);
    }

    private static Duration untilReset(HttpResponse<byte[]> answer) {
        Optional<String> reset = answer.headers().firstValue("x-rate-limit-reset");
        if (reset.isEmpty() || !reset.get().matches("[0-9]{1,12}")) return UNKNOWN_RESET;
        Duration wait = Duration.between(Instant.now(), Instant.ofEpochSecond(Long.parseLong(reset.get())));
        return wait.isNegative() ? Duration.ofSeconds(1) : wait.plusMillis(200);
    }

    @Override
    public Health check() {
        return client.check();
    }

    @Override
    public void close() {
        client.close();
    }
}
