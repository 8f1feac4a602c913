package dev.tiercel.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What collectors have said on topic `sensors` of what they did not see or lost.
record Losses(List<Losses.Span> spans) {
    static final Losses NONE = new Losses(List.of());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND_NANOS = 1_000_000_000;

    /// A time in which records were lost.
    ///
    /// @param records so many; everything if nobody watched
    record Span(Instant from, Instant to, long records) {
        private boolean meets(Marks.Deed deed) {
            return deed.from().isBefore(to) && deed.to().isAfter(from);
        }
    }

    /// Of the reports of one node, a line of JSON each, in their order.
    static Losses of(String reports) {
        List<Span> spans = new ArrayList<>();
        Report before = null;
        for (String line : reports.lines().filter(text -> text.startsWith("{")).toList()) {
            Report report = Report.of(line);
            if (before == null || before.start() != report.start()) {
                report.gap().ifPresent(spans::add);
                before = new Report(report.start(), report.start(), 0, Optional.empty());
            }
            long more = report.lost() - before.lost();
            if (more > 0) spans.add(new Span(instant(before.time()), instant(report.time()), more));
            before = report;
        }
        return new Losses(spans);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / SECOND_NANOS, nanos % SECOND_NANOS);
    }

    /// @param lost in the kernel and in the collector, since its start
    private record Report(long start, long time, long lost, Optional<Span> gap) {
        private static Report of(String line) {
            try {
                JsonNode json = JSON.readTree(line);
                long lost = 0;
                for (JsonNode reason : json.path("dropped")) lost += reason.asLong();
                for (JsonNode kind : json.path("kernel")) {
                    lost += kind.path("ringFull").asLong()
                            + kind.path("scratch").asLong();
                }
                return new Report(
                        json.path("collectorStart").asLong(), json.path("time").asLong(), lost, gap(json.path("gap")));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(line, e);
            }
        }

        private static Optional<Span> gap(JsonNode gap) {
            if (!gap.hasNonNull("from")) return Optional.empty();
            return Optional.of(new Span(
                    instant(gap.path("from").asLong()), instant(gap.path("to").asLong()), Long.MAX_VALUE));
        }
    }

    /// Those of them that no loss explains: a lost record explains one deed, and a time without a collector all.
    List<Marks.Deed> unexplained(List<Marks.Deed> missing) {
        long[] left = spans.stream().mapToLong(Span::records).toArray();
        List<Marks.Deed> unexplained = new ArrayList<>();
        for (Marks.Deed deed : missing) {
            int span = 0;
            while (span < left.length && !(left[span] > 0 && spans.get(span).meets(deed))) span++;
            if (span == left.length) {
                unexplained.add(deed);
            } else {
                left[span]--;
            }
        }
        return unexplained;
    }

    /// Records lost since then, without those that nobody watched for.
    long since(Instant start) {
        return spans.stream()
                .filter(span -> span.to().isAfter(start) && span.records() < Long.MAX_VALUE)
                .mapToLong(Span::records)
                .sum();
    }
}
