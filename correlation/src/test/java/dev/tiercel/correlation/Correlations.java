package dev.tiercel.correlation;

import dev.tiercel.fields.FieldArgument;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Scope;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.CorrelationType;
import dev.tiercel.rules.correlation.EvidenceFields;
import dev.tiercel.rules.correlation.EvidenceFields.Place;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.rules.correlation.Threshold;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.output.OutputFormat;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.rules.yaml.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Plans without rules files. Every step captures `key`, which is the key, `text` and `number`; steps are `a`, `b`
/// …, of rules `A`, `B` …, all of source [#SOURCE].
final class Correlations {
    static final String SOURCE = "syscall";
    static final FieldReference KEY = field("key", FieldType.STRING);
    static final FieldReference TEXT = field("text", FieldType.STRING);
    static final FieldReference NUMBER = field("number", FieldType.INT64);

    private final String name;
    private final CorrelationType type;
    private final Duration timespan;
    private final List<String> rules = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final List<Ir> wheres = new ArrayList<>();
    private @Nullable Threshold threshold;
    private int value = -1;
    private Duration learning = Duration.ZERO;
    private boolean until;
    private Ir wanted = Ir.Constant.TRUE;
    private @Nullable Suppression suppress;

    private Correlations(String name, CorrelationType type, Duration timespan) {
        this.name = name;
        this.type = type;
        this.timespan = timespan;
    }

    private static FieldReference field(String name, FieldType type) {
        return new FieldReference(
                new FieldDefinition(name, type, false, FieldArgument.NONE, "", Scope.EVENT, true, Set.of()), "");
    }

    static Correlations of(String name, CorrelationType type, Duration timespan) {
        return new Correlations(name, type, timespan);
    }

    /// A correlation of one step with a threshold.
    static Correlations counting(CorrelationType type, Threshold.Comparison comparison, double bound, Duration span) {
        Correlations counting = of("counting", type, span).step("A");
        counting.threshold(comparison, bound);
        counting.value = switch (type) {
            case EVENT_COUNT -> -1;
            case VALUE_COUNT -> 1;
            default -> 2;
        };
        return counting;
    }

    Correlations step(String rule) {
        return step(rule, SOURCE);
    }

    /// @param source empty: `rule` is a correlation
    Correlations step(String rule, String source) {
        rules.add(rule);
        sources.add(source);
        wheres.add(Ir.Constant.TRUE);
        return this;
    }

    /// `until` the rule `U`.
    Correlations until() {
        until = true;
        return this;
    }

    Correlations threshold(Threshold.Comparison comparison, double bound) {
        threshold = new Threshold(comparison, bound, null, 0);
        return this;
    }

    Correlations percentile(int percentile) {
        Threshold before = Objects.requireNonNull(threshold);
        threshold = new Threshold(before.comparison(), before.bound(), null, percentile);
        return this;
    }

    Correlations firstSeen(Duration learn) {
        value = 1;
        learning = learn;
        return this;
    }

    /// The last step's text equals that of `step`.
    Correlations whereTextEquals(int step) {
        wheres.set(wheres.size() - 1, new Ir.Pair(text(wheres.size() - 1), Operator.EQ, text(step)));
        return this;
    }

    /// The last step's text is `text`.
    Correlations whereText(String text) {
        wheres.set(wheres.size() - 1, is(wheres.size() - 1, text));
        return this;
    }

    /// An exception: the text of `step` is `text`.
    Correlations exceptText(int step, String text) {
        wanted = Ir.not(is(step, text));
        return this;
    }

    /// An exception: the text of the match is `text`, whichever its step.
    Correlations exceptLastText(String text) {
        wanted = Ir.not(new Ir.TextIs(
                new ValueExpression.Slot(lastText(), FieldType.STRING, false), new TextPredicate.In(Set.of(text))));
        return this;
    }

    Correlations suppress(Duration period) {
        suppress = new Suppression(List.of(KEY), period);
        return this;
    }

    /// The same with another threshold.
    Correlation edited(double bound) {
        Threshold before = Objects.requireNonNull(threshold);
        threshold = new Threshold(before.comparison(), bound, before.field(), before.percentile());
        Correlation edited =
                build("hash of " + name + bound, "edition of " + name + bound, "meaning of " + name + bound);
        threshold = before;
        return edited;
    }

    /// The same with other words in its output.
    Correlation reworded() {
        return build("hash of other words of " + name, "edition of other words of " + name, "meaning of " + name);
    }

    /// The same, fed by rules that were edited.
    Correlation fedOtherwise() {
        return build("hash of " + name, "another edition of " + name, "meaning of " + name);
    }

    private static Ir is(int step, String text) {
        return new Ir.TextIs(text(step), new TextPredicate.In(Set.of(text)));
    }

    private static ValueExpression text(int step) {
        return new ValueExpression.Slot(slot(step, 1), FieldType.STRING, false);
    }

    /// Slots: the key, count, then text and number of each step.
    private static int slot(int step, int position) {
        return 2 + 2 * step + position - 1;
    }

    /// The slot of the text of the last match.
    private int lastText() {
        return slot(rules.size(), 1);
    }

    private EvidenceFields fields() {
        List<FieldReference> references = new ArrayList<>(List.of(KEY, field("count", FieldType.DOUBLE)));
        List<Place> places = new ArrayList<>(List.of(new Place(Place.KEY, 0), new Place(Place.COUNT, 0)));
        for (int step = 0; step < rules.size(); step++) {
            references.add(field(id(step) + ".text", FieldType.STRING));
            references.add(field(id(step) + ".number", FieldType.INT64));
            places.add(new Place(step, 1));
            places.add(new Place(step, 2));
        }
        references.add(TEXT);
        places.add(new Place(Place.LAST, 0));
        return new EvidenceFields(FieldSlots.of(references), places, List.of(positions()));
    }

    /// Of the text in each step; the second lacks it.
    private List<Integer> positions() {
        List<Integer> positions = new ArrayList<>();
        for (int step = 0; step <= rules.size(); step++) positions.add(step == 1 ? -1 : 1);
        return positions;
    }

    static String id(int step) {
        return Character.toString('a' + step);
    }

    private CorrelationStep step(int number) {
        // of a correlation, the fields that its evidence has
        List<FieldReference> captured = sources.get(number).isEmpty()
                ? List.of(KEY, field("a.text", FieldType.STRING), field("a.number", FieldType.INT64))
                : List.of(KEY, TEXT, NUMBER);
        return new CorrelationStep(
                id(number),
                number,
                rules.get(number),
                sources.get(number),
                captured,
                List.of(0),
                value,
                wheres.get(number));
    }

    Correlation build() {
        return build("hash of " + name, "edition of " + name, "meaning of " + name);
    }

    private Correlation build(String hash, String edition, String meaning) {
        List<CorrelationStep> steps = new ArrayList<>();
        for (int step = 0; step < rules.size(); step++) steps.add(step(step));
        CorrelationStep last = new CorrelationStep(
                "until", rules.size(), "U", SOURCE, List.of(KEY, TEXT, NUMBER), List.of(0), -1, Ir.Constant.TRUE);
        return new Correlation(
                name,
                "",
                type,
                steps,
                until ? last : null,
                List.of("key"),
                timespan,
                threshold,
                learning,
                fields(),
                wanted,
                output(),
                Priority.WARNING,
                new TreeSet<>(),
                suppress,
                false,
                SourcePosition.whole(new SourceFile("test.yaml", "")),
                hash,
                edition,
                meaning,
                "structure of " + name);
    }

    private OutputFormat output() {
        return OutputFormat.parse(
                LocatedText.at(SourcePosition.whole(new SourceFile("test.yaml", "")), name),
                new References(FieldCatalog.syscall()),
                new FieldSlots.Builder(),
                problem -> {
                    throw new AssertionError(problem);
                });
    }
}
