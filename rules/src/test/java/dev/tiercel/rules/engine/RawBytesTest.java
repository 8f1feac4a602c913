package dev.tiercel.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.testkit.RawBytes;
import dev.tiercel.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Operators on strings against what C's functions do with the bytes, by both back ends, with a constant and with
/// another field on the right.
class RawBytesTest {

    private static final int CONSTANTS = 40;
    private static final int VALUES = 120;

    /// Operators, each with what it is of two byte strings that have a character for each byte.
    private static final Map<String, BiPredicate<String, String>> OPERATORS = Map.ofEntries(
            Map.entry("=", String::equals),
            Map.entry("!=", (value, constant) -> !value.equals(constant)),
            Map.entry("<", (value, constant) -> value.compareTo(constant) < 0),
            Map.entry(">=", (value, constant) -> value.compareTo(constant) >= 0),
            Map.entry("contains", String::contains),
            Map.entry("icontains", (value, constant) -> lower(value).contains(lower(constant))),
            Map.entry("startswith", String::startsWith),
            Map.entry("endswith", String::endsWith),
            Map.entry("glob", RawBytesTest::glob),
            Map.entry("iglob", (value, constant) -> glob(lower(value), lower(constant))));

    static LongStream seeds() {
        return Seeds.seeds(8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void operatorsCompareBytes(long seed) {
        RandomGenerator random = Seeds.random(seed);
        List<byte[]> constants = new ArrayList<>();
        for (int i = 0; i < CONSTANTS; i++) {
            constants.add(constant(random));
        }
        List<String> operators = new ArrayList<>(OPERATORS.keySet());
        String rules = rules(operators, constants);
        List<RuleSet> sets = List.of(compile(rules, BackEnd.CLOSURES), compile(rules, BackEnd.GENERATED));
        for (int i = 0; i < VALUES; i++) {
            byte[] value = random.nextBoolean() ? RawBytes.random(random) : around(random, constants);
            byte[] other = constants.get(random.nextInt(CONSTANTS));
            Set<String> expected = expected(operators, constants, value, other);
            for (RuleSet set : sets) {
                assertThat(matches(set, value, other))
                        .as("seed %d value %s other %s", seed, escaped(value), escaped(other))
                        .isEqualTo(expected);
            }
        }
    }

    /// Bytes, and sometimes wildcards among them.
    private static byte[] constant(RandomGenerator random) {
        byte[] bytes = RawBytes.part(random, RawBytes.random(random));
        if (bytes.length > 0 && random.nextInt(3) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) "*?".charAt(random.nextInt(2));
        }
        return bytes;
    }

    private static byte[] around(RandomGenerator random, List<byte[]> constants) {
        String around = string(RawBytes.random(random))
                + string(constants.get(random.nextInt(CONSTANTS)))
                + string(RawBytes.random(random));
        return around.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String rules(List<String> operators, List<byte[]> constants) {
        StringBuilder rules = new StringBuilder();
        for (String operator : operators) {
            rule(rules, operator + " other", operator + " val(fd.name)");
            for (int i = 0; i < CONSTANTS && takesConstants(operator); i++) {
                rule(rules, operator + " " + i, operator + " \"" + escaped(constants.get(i)) + "\"");
            }
        }
        return rules.toString();
    }

    /// The grammar has no string after `<`.
    private static boolean takesConstants(String operator) {
        return !operator.equals("<") && !operator.equals(">=");
    }

    private static void rule(StringBuilder rules, String name, String comparison) {
        rules.append("- rule: '").append(name).append("'\n  desc: d\n  output: o\n  priority: INFO\n");
        rules.append("  condition: |-\n    evt.type = open and proc.name ")
                .append(comparison)
                .append('\n');
    }

    private static RuleSet compile(String rules, BackEnd backEnd) {
        return RuleCompiler.compile(
                        List.of(new RuleFile("raw.yaml", rules)),
                        CompileOptions.defaults().withMatching(RuleMatching.ALL).withBackEnd(backEnd))
                .ruleSet()
                .orElseThrow();
    }

    private static Set<String> matches(RuleSet set, byte[] value, byte[] other) {
        Set<String> names = new TreeSet<>();
        Map<String, Object> event = Map.of("evt.type", "open", "proc.name", value, "fd.name", other);
        set.newEvaluator(FieldCatalog.SYSCALL).evaluate(new MapRow(set.slots(), event), rule -> names.add(rule.name()));
        return names;
    }

    private static Set<String> expected(List<String> operators, List<byte[]> constants, byte[] value, byte[] other) {
        Set<String> names = new TreeSet<>();
        for (String operator : operators) {
            BiPredicate<String, String> holds = OPERATORS.get(operator);
            if (holds.test(string(value), string(other))) {
                names.add(operator + " other");
            }
            for (int i = 0; i < CONSTANTS && takesConstants(operator); i++) {
                if (holds.test(string(value), string(constants.get(i)))) {
                    names.add(operator + " " + i);
                }
            }
        }
        return names;
    }

    /// The constant as rules write it: all bytes escaped, which must be the same as characters.
    private static String escaped(byte[] bytes) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : bytes) {
            escaped.append("\\x%02x".formatted(b & 0xff));
        }
        return escaped.toString();
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// As `tolower` in the C locale.
    private static String lower(String bytes) {
        StringBuilder lower = new StringBuilder();
        bytes.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return lower.toString();
    }

    private static boolean glob(String value, String pattern) {
        boolean[] reached = new boolean[value.length() + 1];
        reached[0] = true;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean[] next = new boolean[reached.length];
            for (int at = 0; at < reached.length; at++) {
                boolean same = at > 0 && (c == '?' || value.charAt(at - 1) == c);
                next[at] = c == '*' ? reached[at] || (at > 0 && next[at - 1]) : same && reached[at - 1];
            }
            reached = next;
        }
        return reached[value.length()];
    }
}
