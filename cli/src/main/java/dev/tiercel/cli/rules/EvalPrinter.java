package dev.tiercel.cli.rules;

import dev.tiercel.correlation.CorrelatedAlert;
import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.detector.AlertJson;
import dev.tiercel.detector.AlertText;
import dev.tiercel.detector.Detection;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.AlertLine;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Prints matches, buffered until [#flush()].
final class EvalPrinter implements FileCorrelations.AlertListener {
    private static final int BUFFER = 64 << 10;

    /// What to print for a match.
    enum What {
        NOTHING,
        ALERT,
        LINE_NUMBER,
        FORMAT
    }

    private final What what;
    private final AlertJson alert;
    private final AlertLine line;
    private final PrintStream stream;
    private final PrintWriter out;
    private String prefix = "";
    private boolean closed;

    EvalPrinter(What what, AlertText time, AlertLine line, PrintStream stream) {
        this.what = what;
        this.alert = new AlertJson(time, AlertJson.Include.DEFAULT);
        this.line = line;
        this.stream = stream;
        OutputStream through = new FilterOutputStream(stream) {
            @Override
            public void write(byte[] bytes, int from, int length) {
                stream.write(bytes, from, length);
            }

            @Override
            public void close() {
                stream.flush(); // standard output stays open
            }
        };
        out = new PrintWriter(new BufferedWriter(new OutputStreamWriter(through, StandardCharsets.UTF_8), BUFFER));
    }

    /// Prefixes the line numbers that follow with a file name; empty: no prefix.
    void file(String name) {
        prefix = name.isEmpty() ? "" : name + ":";
    }

    void matched(Rule rule, Row row, EventsRun.Stamp stamp, long number) {
        switch (what) {
            case NOTHING -> {}
            case ALERT -> print(detection(rule, row, stamp));
            case LINE_NUMBER -> println(prefix + number);
            case FORMAT ->
                println(PlainText.line(rule.outputFormat().render(row).text()));
        }
    }

    /// As the detector writes it, but without an id and event addresses.
    private static Detection detection(Rule rule, Row row, EventsRun.Stamp stamp) {
        Output output = rule.outputFormat().render(row);
        return new Detection(
                "",
                Detection.RuleSummary.of(rule),
                stamp.hostname(),
                stamp.time(),
                output.text(),
                output.fields(),
                List.of(),
                true,
                0,
                null);
    }

    /// Prints an alert of a correlation, or a later revision, which says so.
    @Override
    public void raised(Correlation correlation, CorrelatedAlert raised, boolean open) {
        if (what == What.ALERT) print(CorrelatedAlerts.detection(correlation, raised, open));
    }

    /// The same of a rule with `suppress`.
    @Override
    public void folded(Rule rule, RuleAlert folded, boolean open) {
        if (what == What.ALERT) print(FoldedRules.detection(rule, folded, open));
    }

    private void print(Detection detection) {
        println(line.of(alert.render(detection).getBytes(StandardCharsets.UTF_8)));
    }

    void println(String text) {
        out.print(text);
        out.print('\n');
    }

    void flush() {
        out.flush();
        closed = stream.checkError();
    }

    /// Whether the last flush found the output closed by its reader.
    boolean closed() {
        return closed;
    }
}
