package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Interprets the statements of Falco's tests that are kept as C++: assertions about the JSON of results and
/// descriptions, loops over it, conditions, variables.
final class CppStatements {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)')"
                    + "|(\\d+)|([A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*)"
                    + "|(<<|->|==|!=|<=|>=|&&|\\|\\||.))",
            Pattern.DOTALL);

    /// Statements of tests about conditions: they build an event, or something that one is built of.
    private static final Pattern BUILDS = Pattern.compile(
            "add_default_init_thread|open_inspector|add_event|generate_\\w+_event|fill_sockaddr|pack_sock|_buf\\[");

    private final Map<String, Object> variables = new HashMap<>();
    private final CaseEngine engine;
    private final CppExpressions expressions;
    /// What the statements so far build an event with.
    private final StringBuilder setup = new StringBuilder();

    private List<String> tokens = List.of();
    private int at;

    CppStatements(CaseEngine engine) {
        this.engine = engine;
        this.expressions = new CppExpressions(this, engine, variables);
        for (int i = 1; i <= 4; i++) {
            variables.put("ruleset_" + i, "ruleset-" + i);
        }
    }

    /// The statement returned from the test.
    static final class Returned extends Exception {
        private static final long serialVersionUID = 1;

        Returned() {
            super(null, null, false, false);
        }
    }

    /// The statement left a loop.
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken() {
            super(null, null, false, false);
        }
    }

    /// The statement has no interpretation here.
    static final class Inexpressible extends RuntimeException {
        private static final long serialVersionUID = 1;

        Inexpressible(String what) {
            super(what, null, false, false);
        }
    }

    /// An assertion did not hold.
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(String what) {
            super(what, null, false, false);
        }
    }

    /// Runs one statement.
    ///
    /// @throws Returned if it ends the test
    Outcome run(String text) throws Returned {
        if (BUILDS.matcher(text).find()) {
            variables.put("evt", "evt");
            setup.append(text).append(text.strip().endsWith(";") ? "\n" : ";\n");
            return Outcome.PASSED;
        }
        variables.put("m_load_result_json", engine.loadResult());
        try {
            if (text.contains("rule_description") && !variables.containsKey("rule_description")) {
                variables.put("rule_description", engine.lastDescription());
            }
            tokens = tokens(text);
            at = 0;
            while (at < tokens.size()) {
                statement(true);
            }
            return Outcome.PASSED;
        } catch (Inexpressible e) {
            return Outcome.notExpressible(e.getMessage() + " in: " + text);
        } catch (Broken e) {
            return Outcome.notExpressible("a break without a loop in: " + text);
        } catch (Failed e) {
            return Outcome.failed(e.getMessage() + " in: " + text);
        }
    }

    /// The statements so far that build events.
    String setup() {
        return setup.toString();
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (end < text.strip().length() && matcher.find(end)) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        return tokens;
    }

    String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    String peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : "";
    }

    String next() {
        if (at >= tokens.size()) {
            throw new Inexpressible("it ends too early");
        }
        return tokens.get(at++);
    }

    boolean accept(String token) {
        if (peek().equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String token) {
        if (!accept(token)) {
            throw new Inexpressible("'" + peek() + "' instead of '" + token + "'");
        }
    }

    /// Parses a statement, and runs it if `live`.
    private void statement(boolean live) throws Returned {
        if (accept("{")) {
            while (!accept("}")) {
                statement(live);
            }
        } else if (accept("for")) {
            loop(live);
        } else if (accept("if")) {
            expect("(");
            boolean holds = expressions.truth(expressions.expression(live)) && live;
            expect(")");
            statement(holds);
            if (accept("else")) {
                statement(live && !holds);
            }
        } else if (accept("return")) {
            accept(";");
            if (live) {
                throw new Returned();
            }
        } else if (accept("break")) {
            accept(";");
            if (live) {
                throw new Broken();
            }
        } else if (!accept(";")) {
            simple(live);
            if (at < tokens.size() && !peek().equals("}")) {
                expect(";");
            }
        }
    }

    private void loop(boolean live) throws Returned {
        expect("(");
        String name = declared();
        expect(":");
        Object range = expressions.expression(live);
        expect(")");
        int body = at;
        statement(false);
        int end = at;
        if (!live) {
            return;
        }
        if (!(range instanceof JsonNode array) || !array.isArray()) {
            throw new Inexpressible("a loop over something else than an array");
        }
        for (JsonNode element : array) {
            variables.put(name, element);
            at = body;
            try {
                statement(true);
            } catch (Broken e) {
                break;
            }
        }
        at = end;
    }

    /// The name after a type.
    private String declared() {
        String name = "";
        while (!peek().equals(":") && !peek().equals("=") && !peek().equals("(") && !peek().equals(";")) {
            String token = next();
            name = token.matches("[A-Za-z_][A-Za-z0-9_:]*") ? token : name;
        }
        return name;
    }

    private void simple(boolean live) throws Returned {
        String first = peek();
        if (first.matches("(ASSERT|EXPECT)_[A-Z_]+")) {
            next();
            assertion(first.substring(first.indexOf('_') + 1), live);
        } else if (first.equals("FAIL") || first.equals("ADD_FAILURE")) {
            call();
            message(false);
            if (live) {
                throw new Failed("reached a statement that fails");
            }
        } else if (first.equals("SUCCEED")) {
            call();
        } else if (isDeclaration()) {
            String name = declared();
            Object value = accept("=") ? expressions.expression(live) : "";
            variables.put(name, value);
        } else if (peek(1).equals("=")) {
            String name = next();
            expect("=");
            Object value = expressions.expression(live);
            if (live) {
                variables.put(name, value);
            }
        } else {
            expressions.expression(live);
        }
    }

    private boolean isDeclaration() {
        boolean type = peek().matches("const|auto|bool|int|size_t|uint64_t|std::string|nlohmann::json");
        return type && !peek(1).equals("(");
    }

    private void call() {
        next();
        expect("(");
        expect(")");
    }

    /// What is streamed into an assertion is only for its message.
    private void message(boolean live) {
        while (accept("<<")) {
            expressions.operand(live);
        }
    }

    /// Whether a condition is refused; what it would throw is not looked at.
    private void throwing(String kind, boolean live) {
        boolean refused = expressions.truth(expressions.refusal(live));
        if (accept(",")) {
            next();
        }
        expect(")");
        message(false);
        if (live && refused == kind.equals("NO_THROW")) {
            throw new Failed(kind + " does not hold");
        }
    }

    private void assertion(String kind, boolean live) {
        expect("(");
        if (kind.endsWith("THROW")) {
            throwing(kind, live);
            return;
        }
        Object first = expressions.expression(live);
        Object second = accept(",") ? expressions.expression(live) : "";
        expect(")");
        message(false);
        if (!live) {
            return;
        }
        boolean holds = switch (kind) {
            case "VALIDATION_STATUS" -> engine.schemaValidation().startsWith(CppExpressions.text(first));
            case "TRUE" -> expressions.truth(first);
            case "FALSE" -> !expressions.truth(first);
            case "EQ", "STREQ" -> CppExpressions.same(first, second);
            case "NE", "STRNE" -> !CppExpressions.same(first, second);
            case "GT" -> CppExpressions.compare(first, second) > 0;
            case "GE" -> CppExpressions.compare(first, second) >= 0;
            case "LT" -> CppExpressions.compare(first, second) < 0;
            case "LE" -> CppExpressions.compare(first, second) <= 0;
            default -> throw new Inexpressible("an assertion " + kind);
        };
        if (!holds) {
            throw new Failed("%s of %s and %s does not hold".formatted(kind, first, second));
        }
    }
}
