package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.source.Hashes;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the plan of one correlation: which fields its matches carry, and where its texts find them.
final class CorrelationPlan {

    private final CheckedCorrelation checked;
    private final FieldSlots slots;
    /// By step: the fields that it carries, by their names.
    private final List<List<FieldReference>> captured = new ArrayList<>();

    private CorrelationPlan(CheckedCorrelation checked) {
        this.checked = checked;
        this.slots = checked.scope().slots().build();
    }

    /// The plan of `checked`; the correlations that feed it carry from now on what it names.
    static CorrelationPlan of(CheckedCorrelation checked) {
        CorrelationPlan plan = new CorrelationPlan(checked);
        for (SourceStep step : checked.steps()) {
            List<FieldReference> carried = plan.carried(step);
            plan.captured.add(carried);
            EvidenceScope inner = step.inner();
            if (inner != null) {
                carried.forEach(field -> inner.slots().slot(field));
            }
        }
        return plan;
    }

    /// In the order of their names: what is carried does not depend on the order in which texts name it.
    private List<FieldReference> carried(SourceStep step) {
        SortedMap<String, FieldReference> carried = new TreeMap<>();
        checked.keys().get(step.number()).forEach(field -> carried.put(field.text(), field));
        FieldReference value = checked.values().get(step.number());
        if (value != null) {
            carried.put(value.text(), value);
        }
        for (FieldReference slot : slots.references()) {
            FieldReference original = original(slot, step);
            if (original != null) {
                carried.put(original.text(), original);
            }
        }
        return List.copyOf(carried.values());
    }

    /// The field of `step` that `slot` stands for; null: it is of something else.
    private @Nullable FieldReference original(FieldReference slot, SourceStep step) {
        FieldReference original =
                checked.scope().origin(slot.field()).originals().get(step.number());
        return original == null || slot.argument().isEmpty()
                ? original
                : new FieldReference(original.field(), slot.argument());
    }

    /// Number of fields that the step with most carries.
    int mostCarried() {
        return captured.stream().mapToInt(List::size).max().orElse(0);
    }

    /// @param editions of the rules, signals and correlations that feed it, by name
    Correlation build(Checker checker, Map<String, String> editions) {
        RuleItem item = checked.item();
        List<CorrelationStep> steps = checked.steps().stream().map(this::step).toList();
        int count = item.correlation.steps.size();
        Shape shape = checked.shape();
        Checker.Condition wanted = checked.wanted();
        List<String> structure = structure(checker);
        List<String> meaning = meaning(structure, checker);
        String hash = Hashes.of(all(meaning));
        return new Correlation(
                item.name,
                item.description,
                shape.type(),
                steps.subList(0, count),
                steps.size() > count ? steps.getLast() : null,
                checked.scope().keys(),
                shape.timespan(),
                shape.threshold(),
                shape.learning(),
                fields(),
                wanted == null ? Ir.Constant.TRUE : wanted.ir(),
                checked.format().format(),
                item.priority,
                item.tags,
                checked.suppress(),
                item.shadow,
                item.position,
                hash,
                edition(hash, editions),
                Hashes.of(meaning),
                Hashes.of(structure));
    }

    private String edition(String hash, Map<String, String> editions) {
        List<String> parts = new ArrayList<>(List.of(hash));
        checked.steps().forEach(step -> parts.add(editions.getOrDefault(step.rule().name, "")));
        return Hashes.of(parts);
    }

    private CorrelationStep step(SourceStep step) {
        List<FieldReference> carried = captured.get(step.number());
        FieldReference value = checked.values().get(step.number());
        Checker.Condition where = checked.wheres().get(step.number());
        return new CorrelationStep(
                step.id(),
                step.number(),
                step.rule().name,
                step.source(),
                carried,
                checked.keys().get(step.number()).stream().map(carried::indexOf).toList(),
                value == null ? -1 : carried.indexOf(value),
                where == null ? Ir.Constant.TRUE : where.ir());
    }

    private EvidenceFields fields() {
        List<EvidenceFields.Place> places = new ArrayList<>();
        List<List<Integer>> ofLast = new ArrayList<>();
        for (FieldReference slot : slots.references()) {
            EvidenceScope.Origin origin = checked.scope().origin(slot.field());
            int part = origin.part();
            if (origin.step() >= 0) {
                part = position(slot, checked.steps().get(origin.step()));
            } else if (origin.step() == EvidenceFields.Place.LAST) {
                part = ofLast.size();
                ofLast.add(checked.steps().stream()
                        .map(step -> position(slot, step))
                        .toList());
            }
            places.add(new EvidenceFields.Place(origin.step(), part));
        }
        return new EvidenceFields(slots, places, ofLast);
    }

    /// Where the matches of `step` carry what `slot` stands for; -1: they do not.
    private int position(FieldReference slot, SourceStep step) {
        FieldReference original = original(slot, step);
        return original == null ? -1 : captured.get(step.number()).indexOf(original);
    }

    /// What the state of its keys depends on.
    private List<String> structure(Checker checker) {
        Shape shape = checked.shape();
        Threshold threshold = shape.threshold();
        List<String> parts = new ArrayList<>(List.of(
                shape.type().text(),
                shape.timespan().toString(),
                threshold == null ? "" : String.valueOf(threshold.isLowerBound()),
                String.join("\n", checked.scope().keys()),
                String.valueOf(checked.item().correlation.until != null)));
        for (SourceStep step : checked.steps()) {
            Checker.Condition where = checked.wheres().get(step.number());
            CorrelationStep plan = step(step);
            parts.addAll(List.of(
                    step.rule().name,
                    step.source(),
                    where == null ? "" : checker.expanded(where.ast()).source(),
                    plan.key().toString(),
                    String.valueOf(plan.value()),
                    String.valueOf(plan.captured().size())));
            plan.captured().forEach(field -> parts.add(field.text()));
        }
        return parts;
    }

    /// What evidence raises an alert depends on.
    private List<String> meaning(List<String> structure, Checker checker) {
        Checker.Condition wanted = checked.wanted();
        List<String> parts = new ArrayList<>(structure);
        parts.addAll(List.of(
                String.valueOf(checked.shape().threshold()),
                checked.shape().learning().toString(),
                wanted == null ? "" : checker.expanded(wanted.ast()).source()));
        return parts;
    }

    private List<String> all(List<String> meaning) {
        RuleItem item = checked.item();
        List<String> parts = new ArrayList<>(meaning);
        parts.addAll(List.of(
                item.name,
                checked.format().format().toString(),
                item.priority.label(),
                String.valueOf(checked.suppress()),
                String.valueOf(item.shadow)));
        checked.steps().forEach(step -> parts.add(step.id()));
        parts.addAll(item.tags);
        checked.format().fields().forEach(extra -> parts.addAll(List.of(extra.field(), extra.format())));
        return parts;
    }
}
