package dev.tiercel.detector;

import dev.tiercel.fields.document.DocumentRow;
import dev.tiercel.fields.document.OktaFailures;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.List;

/// Judges the events of sources whose events are JSON documents: each record is one.
///
/// Ids of alerts follow from what the source says of its event, not from where the event is: an event that is
/// delivered twice raises the same alert.
final class DocumentJudge implements Judge, Verdicts.Subject {
    private final String eventSource;
    private final AvroSerde<SourceEvent> serde;
    private final DocumentRow row;
    private final DetectorMetrics metrics;
    private final Verdicts verdicts;
    private SourceEvent event = new SourceEvent("", 0L, "", "", "", "", ByteBuffer.allocate(0), 0L);
    private EventLocation location = new EventLocation("", 0, 0, 0);

    private DocumentJudge(
            LoadedRules rules,
            String eventSource,
            AvroSerde<SourceEvent> serde,
            OktaFailures failures,
            AvroSerde<Alert> alerts,
            DetectorMetrics metrics) {
        this.eventSource = eventSource;
        this.serde = serde;
        this.row = new DocumentRow(eventSource, rules.ruleSet().slots(), ZoneId.systemDefault(), failures);
        this.metrics = metrics;
        this.verdicts = new Verdicts(rules, eventSource, row, this, alerts, metrics);
    }

    /// The judges of one task.
    ///
    /// @param eventSource as rules name it
    static Bench bench(
            String eventSource, AvroSerde<SourceEvent> serde, AvroSerde<Alert> alerts, DetectorMetrics metrics) {
        OktaFailures failures = new OktaFailures();
        return rules -> new DocumentJudge(rules, eventSource, serde, failures, alerts, metrics);
    }

    @Override
    public LoadedRules rules() {
        return verdicts.rules();
    }

    @Override
    public void begin(byte[] value, EventLocation at) {
        location = at;
        verdicts.begin();
        event = serde.read(value);
        if (!event.getSource().equals(eventSource)) {
            throw new BadRecordException(
                    BadRecordException.Reason.CORRUPT,
                    "an event of source '%s' among those of '%s'".formatted(event.getSource(), eventSource));
        }
        row.event(event, at.offset() + 1);
    }

    @Override
    public boolean advance() {
        verdicts.clear();
        long from = System.nanoTime();
        verdicts.evaluate();
        metrics.judged(1, System.nanoTime() - from, 0);
        verdicts.end();
        return false;
    }

    @Override
    public List<Judgement> raised() {
        return verdicts.raised();
    }

    @Override
    public long latest() {
        return verdicts.latest();
    }

    @Override
    public String identity() {
        return hostname() + "/" + event.getId();
    }

    @Override
    public String alertId(Rule rule, EventLocation at) {
        return AlertId.of(rule.hash(), event);
    }

    @Override
    public EventLocation location() {
        return location;
    }

    @Override
    public String hostname() {
        return row.origin();
    }

    @Override
    public long time() {
        return row.time();
    }

    @Override
    public boolean evidenceComplete() {
        return true;
    }
}
