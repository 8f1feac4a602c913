package dev.tiercel.ruletools.format;

import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.Yaml;
import java.util.List;

/// Whether two files are equivalent: equal values, conditions equal up to blanks, mapping keys in any order.
final class YamlSameness {

    private YamlSameness() {}

    static boolean same(List<? extends Yaml> left, List<? extends Yaml> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!same(left.get(i), right.get(i), false)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Yaml left, Yaml right, boolean condition) {
        return switch (left) {
            case Yaml.Sequence(var items, SourcePosition _) ->
                right instanceof Yaml.Sequence(var others, SourcePosition _) && same(items, others);
            case Yaml.Mapping mapping -> right instanceof Yaml.Mapping other && same(mapping, other);
            case Yaml.Scalar scalar -> right instanceof Yaml.Scalar other && same(scalar, other, condition);
        };
    }

    private static boolean same(Yaml.Mapping left, Yaml.Mapping right) {
        if (left.entries().size() != right.entries().size()) {
            return false;
        }
        for (Yaml.Entry entry : left.entries()) {
            String key = entry.key().value();
            Yaml other = right.get(key);
            if (other == null || !same(entry.value(), other, key.equals("condition"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Yaml.Scalar left, Yaml.Scalar right, boolean condition) {
        if (condition) {
            return ConditionLayout.of(left.value())
                    .flat()
                    .equals(ConditionLayout.of(right.value()).flat());
        }
        return left.value().equals(right.value()) && left.isNull() == right.isNull();
    }
}
