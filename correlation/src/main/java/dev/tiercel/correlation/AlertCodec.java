package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.ValueCodec;
import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.rules.output.Output;
import dev.tiercel.rules.output.OutputField;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Alerts as bytes, for `suppress`, which may have to say them again.
public final class AlertCodec {
    private static final int NOTHING = 0;
    private static final int TEXT = 1;
    private static final int LONG = 2;
    private static final int LARGE = 3;
    private static final int DOUBLE = 4;
    private static final int BOOLEAN = 5;
    private static final int TEXTS = 6;

    private AlertCodec() {}

    /// What an alert says, for [RuleAlert#payload()].
    public static byte[] encoded(Output output) {
        StateWriter out = new StateWriter().begin();
        write(out, output);
        return out.end();
    }

    /// What [#encoded(Output)] wrote.
    ///
    /// @throws BadStateException if it did not write this
    public static Output output(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        Output output = readOutput(in);
        in.end();
        return output;
    }

    private static void write(StateWriter out, Output output) {
        out.text(output.text()).number(output.fields().size());
        for (OutputField field : output.fields()) {
            write(out.text(field.name()), field.value());
        }
    }

    private static Output readOutput(StateReader in) {
        return new Output(in.text(), readFields(in));
    }

    static byte[] encoded(CorrelatedAlert alert) {
        StateWriter out = new StateWriter().begin();
        out.text(alert.correlation()).text(alert.hash()).text(alert.id()).number(alert.revision());
        out.texts(alert.key()).number(alert.time());
        List<CorrelatedAlert.Contribution> evidence = alert.evidence();
        out.texts(evidence.stream().map(CorrelatedAlert.Contribution::step).toList());
        ValueCodec.writeAll(
                out, evidence.stream().map(CorrelatedAlert.Contribution::event).toList());
        write(out, alert.output());
        out.flag(alert.complete()).word(Double.doubleToRawLongBits(alert.count()));
        return out.flag(alert.floor()).number(alert.events()).end();
    }

    private static void write(StateWriter out, @Nullable Object value) {
        switch (value) {
            case null -> out.number(NOTHING);
            case String text -> out.number(TEXT).text(text);
            case Long number -> out.number(LONG).number(number);
            case BigInteger large -> out.number(LARGE).bytes(large.toByteArray());
            case Double number -> out.number(DOUBLE).word(Double.doubleToRawLongBits(number));
            case Boolean flag -> out.number(BOOLEAN).flag(flag);
            case List<?> texts ->
                out.number(TEXTS).texts(texts.stream().map(String::valueOf).toList());
            default -> out.number(TEXT).text(value.toString());
        }
    }

    static CorrelatedAlert decoded(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        String correlation = in.text();
        String hash = in.text();
        String id = in.text();
        int revision = in.number(Integer.MAX_VALUE);
        List<String> key = in.texts();
        long time = in.number();
        List<CorrelatedAlert.Contribution> evidence = readEvidence(in);
        Output output = readOutput(in);
        boolean complete = in.flag();
        double count = Double.longBitsToDouble(in.word());
        CorrelatedAlert alert = new CorrelatedAlert(
                correlation,
                hash,
                id,
                revision,
                key,
                time,
                evidence,
                output,
                complete,
                count,
                in.flag(),
                in.number(),
                null);
        in.end();
        return alert;
    }

    private static List<CorrelatedAlert.Contribution> readEvidence(StateReader in) {
        List<String> steps = in.texts();
        List<Evidence> events = ValueCodec.readAll(in);
        if (steps.size() != events.size()) throw new BadStateException(events.size() + " events, not " + steps.size());
        List<CorrelatedAlert.Contribution> evidence = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            evidence.add(new CorrelatedAlert.Contribution(steps.get(i), events.get(i)));
        }
        return evidence;
    }

    private static List<OutputField> readFields(StateReader in) {
        List<OutputField> fields = new ArrayList<>();
        for (int left = in.size(); left > 0; left--) fields.add(new OutputField(in.text(), readField(in)));
        return fields;
    }

    private static @Nullable Object readField(StateReader in) {
        return switch (in.number(TEXTS)) {
            case TEXT -> in.text();
            case LONG -> in.number();
            case LARGE -> large(in.bytes());
            case DOUBLE -> Double.longBitsToDouble(in.word());
            case BOOLEAN -> in.flag();
            case TEXTS -> List.copyOf(in.texts());
            default -> null;
        };
    }

    private static BigInteger large(byte[] bytes) {
        if (bytes.length == 0) throw new BadStateException("a number without digits");
        return new BigInteger(bytes);
    }
}
