package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.ruletools.conformance.CppStatements.Inexpressible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Evaluates the expressions of [CppStatements]: texts, whole numbers, truths and JSON.
final class CppExpressions {

    /// Of a text that was not found.
    private static final Long NPOS = -1L;

    /// What is expected of conditions.
    private JsonNode expected = BooleanNode.TRUE;

    private final CppStatements tokens;
    private final CaseEngine engine;
    private final Map<String, Object> variables;

    CppExpressions(CppStatements tokens, CaseEngine engine, Map<String, Object> variables) {
        this.tokens = tokens;
        this.engine = engine;
        this.variables = variables;
    }

    /// Parses an expression; its value if `live`, else anything.
    Object expression(boolean live) {
        Object value = conjunction(live);
        while (tokens.accept("||")) {
            boolean right = truth(conjunction(live));
            value = truth(value) || right;
        }
        return value;
    }

    private Object conjunction(boolean live) {
        Object value = comparison(live);
        while (tokens.accept("&&")) {
            boolean right = truth(comparison(live));
            value = truth(value) && right;
        }
        return value;
    }

    private Object comparison(boolean live) {
        Object value = operand(live);
        if (tokens.accept("==")) {
            return same(value, operand(live));
        }
        if (tokens.accept("!=")) {
            return !same(value, operand(live));
        }
        for (String operator : List.of("<=", ">=", "<", ">")) {
            if (tokens.accept(operator)) {
                int order = live ? compare(value, operand(true)) : compare(0L, operand(false) == null ? 1L : 0L);
                return operator.startsWith("<")
                        ? order < 0 || (order == 0 && operator.length() == 2)
                        : order > 0 || (order == 0 && operator.length() == 2);
            }
        }
        return value;
    }

    /// An operand with its calls and indexes.
    Object operand(boolean live) {
        if (tokens.accept("!")) {
            return !truth(operand(live));
        }
        if (tokens.accept("&") || tokens.accept("*")) {
            return operand(live);
        }
        Object value = primary(live);
        while (true) {
            if (tokens.accept("[")) {
                Object key = expression(live);
                tokens.expect("]");
                value = live ? element(value, key) : "";
            } else if (tokens.accept(".") || tokens.accept("->")) {
                tokens.accept("template");
                value = method(value, tokens.next(), live);
            } else {
                return value;
            }
        }
    }

    private Object primary(boolean live) {
        String token = tokens.next();
        if (token.equals("(")) {
            Object value = expression(live);
            tokens.expect(")");
            return value;
        }
        if (token.startsWith("\"")) {
            return CppText.string(token);
        }
        if (Character.isDigit(token.charAt(0))) {
            return Long.parseLong(token);
        }
        if (token.equals("nullptr")) {
            return "";
        }
        if (token.equals("true") || token.equals("false")) {
            return token.equals("true");
        }
        if (token.endsWith("::npos")) {
            return NPOS;
        }
        if (token.startsWith("yaml_helper::validation_")) {
            return token.substring(token.lastIndexOf('_') + 1);
        }
        if (tokens.peek().equals("(")) {
            List<Object> arguments = arguments(live);
            return live ? call(token, arguments) : "";
        }
        if (token.equals("m_engine") || token.equals("m_load_result")) {
            return token;
        }
        return live ? variable(token) : "";
    }

    private Object variable(String name) {
        Object value = variables.get(name);
        if (value == null) {
            throw new Inexpressible("the name '" + name + "'");
        }
        return value;
    }

    private List<Object> arguments(boolean live) {
        List<Object> arguments = new ArrayList<>();
        tokens.expect("(");
        while (!tokens.accept(")")) {
            if (tokens.accept("{")) {
                tokens.expect("}");
            } else {
                arguments.add(expression(live));
            }
            tokens.accept(",");
        }
        return arguments;
    }

    private Object call(String function, List<Object> arguments) {
        String first = arguments.isEmpty() ? "" : text(arguments.getFirst());
        return switch (function) {
            case "std::string" -> first;
            case "has_warnings", "successful" ->
                function.equals("successful") ? engine.successful() : engine.hasWarnings();
            case "check_warning_message" -> engine.hasMessage(Severity.WARNING, first);
            case "check_error_message" -> engine.hasMessage(Severity.ERROR, first);
            case "schema_validation" -> engine.schemaValidation();
            case "as_json" -> engine.loadResult();
            case "num_rules_for_ruleset" ->
                (long) engine.count(arguments.isEmpty() ? CaseEngine.DEFAULT_RULESET : first);
            case "get_compiled_rule_condition" -> engine.compiledCondition(first);
            case "get_compiled_rule_output" -> engine.compiledOutput(first);
            case "get_compiled_rule_formatted_fields" -> engine.formattedFields(first);
            case "describe_rule" -> engine.describe(first);
            case "eval_filter", "filter_compiles" -> condition(function, text(arguments.getLast()));
            case "load_rules" -> loaded(first, arguments);
            default -> called(function, arguments);
        };
    }

    private boolean loaded(String content, List<Object> arguments) {
        engine.load(arguments.size() > 1 ? text(arguments.get(1)) : "rules.yaml", content);
        return engine.successful();
    }

    /// Calls a method of Falco's engine that returns nothing.
    private Object called(String function, List<Object> arguments) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        arguments.forEach(value -> values.add(
                value instanceof Boolean truth
                        ? BooleanNode.valueOf(truth)
                        : value instanceof JsonNode node ? node : TextNode.valueOf(text(value))));
        if (!engine.call(function, values)) {
            throw new Inexpressible("the function '" + function + "'");
        }
        return "";
    }

    /// Parses an expression; whether the condition in it is refused.
    Object refusal(boolean live) {
        expected = TextNode.valueOf("throw");
        try {
            return expression(live);
        } finally {
            expected = BooleanNode.TRUE;
        }
    }

    /// Whether a condition compiles, or holds for the event built so far.
    private boolean condition(String function, String filter) {
        boolean compiles = function.equals("filter_compiles");
        ObjectNode test = JsonNodeFactory.instance.objectNode();
        test.put("filter", filter).put("kind", compiles ? "compile" : "eval");
        test.set("expected", expected);
        Outcome outcome = FilterCases.run(test.put("setup", tokens.setup()));
        if (outcome.kind() == Outcome.Kind.NOT_EXPRESSIBLE) {
            throw new Inexpressible(outcome.detail());
        }
        return outcome.passed();
    }

    private Object method(Object target, String name, boolean live) {
        if (tokens.peek().equals("<")) {
            while (!tokens.accept(">")) {
                tokens.next();
            }
        }
        List<Object> arguments = arguments(live);
        if (!live) {
            return "";
        }
        if (target.equals("m_engine") || target.equals("m_load_result")) {
            return call(name, arguments);
        }
        return switch (name) {
            case "get", "c_str", "value" -> target;
            case "size", "length" -> (long) size(target);
            case "empty" -> size(target) == 0;
            case "find" -> find(target, text(arguments.getFirst()));
            case "contains", "count" -> contains(target, text(arguments.getFirst()));
            case "at" -> element(target, arguments.getFirst());
            case "front" -> element(target, 0L);
            case "back" -> element(target, (long) size(target) - 1);
            case "is_null" -> target instanceof JsonNode node && node.isNull();
            case "is_array" -> target instanceof JsonNode node && node.isArray();
            case "is_object" -> target instanceof JsonNode node && node.isObject();
            case "is_string" -> target instanceof JsonNode node && node.isTextual();
            case "dump" -> target.toString();
            default -> throw new Inexpressible("the method '" + name + "'");
        };
    }

    private static Object find(Object target, String part) {
        return (long) text(target).indexOf(part);
    }

    private static boolean contains(Object target, String part) {
        if (target instanceof JsonNode node && node.isContainerNode()) {
            return node.isObject()
                    ? node.has(part)
                    : node.valueStream().anyMatch(element -> element.asText().equals(part));
        }
        return text(target).contains(part);
    }

    private static int size(Object target) {
        return target instanceof JsonNode node && node.isContainerNode()
                ? node.size()
                : text(target).length();
    }

    private static Object element(Object target, Object key) {
        if (!(target instanceof JsonNode node)) {
            throw new Inexpressible("an element of something else than JSON");
        }
        JsonNode element = key instanceof Long index ? node.path(index.intValue()) : node.path(text(key));
        return element.isMissingNode() ? MissingNode.getInstance() : element;
    }

    static String text(Object value) {
        return value instanceof JsonNode node && node.isValueNode() ? node.asText() : value.toString();
    }

    boolean truth(Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case JsonNode node -> node.asBoolean();
            default -> false;
        };
    }

    static boolean same(Object left, Object right) {
        if (left instanceof JsonNode a && right instanceof JsonNode b) {
            return a.equals(b);
        }
        return text(left).equals(text(right));
    }

    static int compare(Object left, Object right) {
        try {
            return Long.compare(Long.parseLong(text(left)), Long.parseLong(text(right)));
        } catch (NumberFormatException e) {
            throw new Inexpressible("an order of texts");
        }
    }
}
