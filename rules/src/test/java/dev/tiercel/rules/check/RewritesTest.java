package dev.tiercel.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.engine.RuleGenerator;
import dev.tiercel.rules.engine.SingleCondition;
import dev.tiercel.rules.ir.EventSignatures;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Parser;
import dev.tiercel.schemas.EventType;
import dev.tiercel.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rewriting preserves the meaning of a condition, on generated conditions and events.
class RewritesTest {

    private static final int CONDITIONS = 40;
    private static final int EVENTS = 40;

    static LongStream seeds() {
        return Seeds.seeds(6);
    }

    /// Conditions over the same slots, and events.
    private static final class Sample {
        private final List<Ir> conditions = new ArrayList<>();
        private final List<MapRow> events = new ArrayList<>();
        private final FieldSlots slots;

        Sample(long seed) throws SyntaxException {
            RuleGenerator generator = new RuleGenerator(seed);
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < CONDITIONS; i++) {
                all.append(i == 0 ? "(" : " or (")
                        .append(generator.condition(4).source())
                        .append(')');
            }
            FieldSlots.Builder table = new FieldSlots.Builder();
            LocatedText text = Conditions.text(all.toString());
            if (Parser.parse(text) instanceof Ast.Or(var terms, int at)) {
                for (Ast term : terms) {
                    conditions.add(Resolver.resolve(
                            term,
                            text,
                            new References(FieldCatalog.syscall()),
                            table,
                            new Resolver.Shared((use, where) -> null, new RegularExpressions(), Feeds.NONE),
                            problem -> {}));
                }
            }
            slots = table.build();
            for (int i = 0; i < EVENTS; i++) {
                events.add(new MapRow(slots, generator.event(generator.process())));
            }
            assertThat(conditions).hasSizeGreaterThan(CONDITIONS / 2);
        }

        boolean holds(Ir ir, MapRow event) {
            return new SingleCondition(ir, slots).holds(event);
        }

        void same(Ir rewritten, Ir original) {
            for (MapRow event : events) {
                assertThat(holds(rewritten, event))
                        .as(() -> "%s instead of %s".formatted(print(rewritten), print(original)))
                        .isEqualTo(holds(original, event));
            }
        }

        String print(Ir ir) {
            return ir.print(slots);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void specialisationKeepsTheMeaningForEventsOfItsType(long seed) throws SyntaxException {
        Sample sample = new Sample(seed);
        for (MapRow event : sample.events) {
            EventType type = EventType.ofNumber(event.eventType()).orElse(null);
            List<Ir> specialised = EventSignatures.specialised(sample.conditions, type);
            for (int i = 0; i < specialised.size(); i++) {
                Ir ir = sample.conditions.get(i);
                Ir special = specialised.get(i);
                assertThat(sample.holds(special, event))
                        .as(() -> "%s for %s: %s".formatted(sample.print(ir), type, sample.print(special)))
                        .isEqualTo(sample.holds(ir, event));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void normalFormsKeepTheMeaning(long seed) throws SyntaxException {
        Sample sample = new Sample(seed);
        for (int i = 0; i + 2 < sample.conditions.size(); i += 3) {
            List<Ir> terms = sample.conditions.subList(i, i + 3);
            sample.same(Ir.and(terms), new Ir.And(terms));
            sample.same(Ir.or(terms), new Ir.Or(terms));
            sample.same(Ir.not(terms.getFirst()), new Ir.Not(terms.getFirst()));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mergedAlternativesKeepTheMeaning(long seed) throws SyntaxException {
        Sample sample = new Sample(seed);
        List<Ir> leaves = new ArrayList<>();
        sample.conditions.forEach(ir -> SingleCondition.parts(ir).stream()
                .filter(part -> !(part instanceof Ir.And || part instanceof Ir.Or || part instanceof Ir.Not))
                .forEach(leaves::add));
        for (int i = 0; i + 8 <= leaves.size(); i += 8) {
            List<Ir> terms = leaves.subList(i, i + 8);
            sample.same(Ir.or(terms), new Ir.Or(terms));
        }
    }
}
