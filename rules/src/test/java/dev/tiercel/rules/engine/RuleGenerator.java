package dev.tiercel.rules.engine;

import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.schemas.RawText;
import dev.tiercel.testkit.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Makes conditions and events at random, from few fields and values, so that conditions hold often and resemble each
/// other.
public final class RuleGenerator {

    private static final List<String> PROCESS_TEXTS = List.of("proc.name", "proc.pname", "proc.exepath", "user.name");
    private static final List<String> EVENT_TEXTS = List.of("fd.name", "fd.filename", "evt.res");
    private static final List<String> EVENT_NUMBERS = List.of("fd.num", "evt.rawres", "fd.sport");
    private static final List<String> PROCESS_NUMBERS = List.of("proc.pid", "user.uid");
    private static final List<String> EVENT_TYPES =
            List.of("open", "openat", "execve", "connect", "close", "madvise", "exit_group");
    private static final List<String> WORDS = List.of(
            "a",
            "ab",
            "b",
            "ba",
            "abc",
            "/a",
            "/a/b",
            "/b/a",
            "A b",
            "",
            "é",
            "aé",
            raw(0xc3),
            raw(0xa9),
            raw('a', 0xff));
    private static final List<String> ADDRESSES = List.of("10.0.0.1", "10.0.0.2", "192.168.1.1", "fe80::1");
    private static final List<Operator> TEXT_OPERATORS = List.of(
            Operator.EQ,
            Operator.NE,
            Operator.CONTAINS,
            Operator.ICONTAINS,
            Operator.STARTSWITH,
            Operator.ENDSWITH,
            Operator.GLOB,
            Operator.IGLOB);

    private final RandomGenerator random;

    public RuleGenerator(long seed) {
        random = Seeds.random(seed);
    }

    RandomGenerator random() {
        return random;
    }

    private static String raw(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        return RawText.of(raw);
    }

    private <T> T oneOf(List<T> choices) {
        return Seeds.oneOf(random, choices);
    }

    /// A condition of at most `depth` levels.
    public Ast condition(int depth) {
        int kind = depth <= 0 ? 9 : random.nextInt(10);
        return switch (kind) {
            case 0, 1, 2 -> new Ast.And(conditions(depth - 1), 0);
            case 3, 4 -> new Ast.Or(conditions(depth - 1), 0);
            case 5 -> negation(condition(depth - 1));
            default -> check();
        };
    }

    /// The parser folds double negations.
    private static Ast negation(Ast term) {
        return term instanceof Ast.Not(Ast inner, int at) ? inner : new Ast.Not(term, 0);
    }

    private List<Ast> conditions(int depth) {
        List<Ast> terms = new ArrayList<>();
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            terms.add(condition(depth));
        }
        return terms;
    }

    private Ast check() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> text(oneOf(random.nextBoolean() ? PROCESS_TEXTS : EVENT_TEXTS));
            case 3, 4 -> textList(oneOf(random.nextBoolean() ? PROCESS_TEXTS : EVENT_TEXTS));
            case 5 -> number(oneOf(random.nextBoolean() ? PROCESS_NUMBERS : EVENT_NUMBERS));
            case 6 -> new Ast.Exists(field(oneOf(EVENT_TEXTS)), 0);
            case 7 -> check(field("fd.ip"), oneOf(List.of(Operator.EQ, Operator.NE)), literal(oneOf(ADDRESSES)));
            case 8 -> check(field("proc.aname"), oneOf(List.of(Operator.EQ, Operator.NE)), literal(oneOf(WORDS)));
            case 9 -> pair();
            default -> eventType();
        };
    }

    private Ast text(String field) {
        Ast.Operand left = random.nextInt(6) == 0
                ? new Ast.Transformer(oneOf(List.of("tolower", "toupper", "basename")), List.of(field(field)), null, 0)
                : field(field);
        return check(left, oneOf(TEXT_OPERATORS), literal(oneOf(WORDS)));
    }

    private Ast textList(String field) {
        List<Ast.Operand> values = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            values.add(literal(oneOf(WORDS)));
        }
        if (random.nextInt(3) == 0) {
            return new Ast.Check(
                    field(field),
                    oneOf(TEXT_OPERATORS),
                    oneOf(List.of(Operator.Modifier.values())),
                    new Ast.Values(values, 0),
                    0);
        }
        return check(
                field(field),
                oneOf(List.of(Operator.IN, Operator.INTERSECTS, Operator.PMATCH)),
                new Ast.Values(values, 0));
    }

    private Ast number(String field) {
        Operator operator =
                oneOf(List.of(Operator.EQ, Operator.NE, Operator.LT, Operator.LE, Operator.GT, Operator.GE));
        return check(field(field), operator, literal(String.valueOf(random.nextInt(5))));
    }

    private Ast pair() {
        Ast.Operand right = new Ast.Transformer("val", List.of(field(oneOf(EVENT_TEXTS))), null, 0);
        return check(field(oneOf(PROCESS_TEXTS)), oneOf(TEXT_OPERATORS), right);
    }

    private Ast eventType() {
        if (random.nextBoolean()) {
            return check(field("evt.type"), oneOf(List.of(Operator.EQ, Operator.NE)), literal(oneOf(EVENT_TYPES)));
        }
        return check(
                field("evt.type"),
                Operator.IN,
                new Ast.Values(List.of(literal(oneOf(EVENT_TYPES)), literal(oneOf(EVENT_TYPES))), 0));
    }

    private static Ast check(Ast.Operand left, Operator operator, Ast.Operand right) {
        return new Ast.Check(left, operator, null, right, 0);
    }

    private static Ast.Field field(String name) {
        return new Ast.Field(name, null, 0);
    }

    private static Ast.Literal literal(String value) {
        return new Ast.Literal(value, 0);
    }

    /// Values of process fields, some absent.
    public Map<String, Object> process() {
        Map<String, Object> fields = new LinkedHashMap<>();
        PROCESS_TEXTS.forEach(field -> put(fields, field, word()));
        PROCESS_NUMBERS.forEach(field -> put(fields, field, random.nextInt(5)));
        for (int level = 1; level <= random.nextInt(4); level++) {
            fields.put("proc.aname[" + level + "]", word());
        }
        return fields;
    }

    /// An event of `process`.
    public Map<String, Object> event(Map<String, Object> process) {
        Map<String, Object> fields = new LinkedHashMap<>(process);
        EVENT_TEXTS.forEach(field -> put(fields, field, word()));
        EVENT_NUMBERS.forEach(field -> put(fields, field, random.nextInt(5)));
        put(fields, "fd.cip", oneOf(ADDRESSES));
        put(fields, "fd.sip", oneOf(ADDRESSES));
        put(fields, "evt.type", random.nextInt(8) == 0 ? "call_of_tomorrow" : oneOf(EVENT_TYPES));
        return fields;
    }

    private byte[] word() {
        return RawText.bytes(oneOf(WORDS));
    }

    private void put(Map<String, Object> fields, String name, Object value) {
        if (random.nextInt(4) != 0) {
            fields.put(name, value);
        }
    }
}
