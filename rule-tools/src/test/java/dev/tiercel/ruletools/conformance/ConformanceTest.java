package dev.tiercel.ruletools.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Unit tests of the language given as data: Falco's, and ours in their format.
class ConformanceTest {

    @ParameterizedTest
    @ValueSource(strings = {"filter.json", "rule-loader.json"})
    void conformsToFalco(String name) throws IOException {
        assertNothingFails(Conformance.of(Shared.required("data/cases/" + name)));
    }

    @Test
    void conformsToOurOwnReading() throws IOException {
        Conformance own = Conformance.of(Path.of("src/test/resources/conformance/own.json"));
        assertNothingFails(own);
        assertThat(own.count(Outcome.Kind.NOT_EXPRESSIBLE)).isZero();
        assertThat(own.count(Outcome.Kind.UNKNOWN)).isZero();
        assertThat(own.count(Outcome.Kind.DAMAGED)).isZero();
    }

    private static void assertNothingFails(Conformance conformance) {
        assertThat(conformance.count(Outcome.Kind.PASSED)).isPositive();
        assertThat(conformance.remarks()).noneMatch(remark -> remark.startsWith("failed"));
    }

    /// Guards against a runner that passes everything.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FAILED          | {"filter": "a.b = c", "expected": "reject"}
            FAILED          | {"filter": "evt.type = open", "setup": "generate_random_event()", "expected": true}
            NOT_EXPRESSIBLE | {"filter": "user.name = a", "setup": "generate_random_event()", "expected": true}
            NOT_EXPRESSIBLE | {"filter": "proc.name = a", "setup": "evt = summon()", "expected": true}
            FAILED          | {"fields": {"proc.name": "a"}, "checks": {"proc.name = b": true}}
            UNKNOWN         | {"fields": {"proc.name": "a"}, "checks": {"proc.name = b": null}}
            UNKNOWN         | {"fields": {"proc.name": "a"}, "checks": []}
            FAILED          | {"steps": [{"op": "eval_filter", "filter": "c.true=1", "fields": {}, "expected": true}]}
            FAILED          | {"filter": "a.b =", "expected": "accept"}
            FAILED          | {"filter": "a.b = c", "expected": "a.b=c"}
            FAILED          | {"filter": "a.b = c", "kind": "compile", "expected": true}
            FAILED          | {"filter": "proc.name = c", "kind": "compile", "expected": false}
            FAILED          | {"filter": "proc.name = c", "kind": "compile", "expected": true, "warnings": 1}
            FAILED          | {"filter": "proc.pid = c", "kind": "compile", "expected": false, "message": "x"}
            UNKNOWN         | {"filter": "proc.name = c", "kind": "guess", "expected": true}
            FAILED          | {"filter": "c.true = 1", "kind": "run_mock", "expected": false}
            FAILED          | {"filter": "proc.name = c", "kind": "eval", "expected": true, "fields": {}}
            NOT_EXPRESSIBLE | {"filter": "proc.name = c", "kind": "eval", "expected": true, "setup": "add()"}
            FAILED          | {"filter": "proc.nome = c", "kind": "eval", "expected": true, "setup": "add()"}
            PASSED          | {"filter": "proc.nome = c", "kind": "eval", "expected": "throw", "setup": "add()"}
            FAILED          | {"filter": "proc.name = c", "kind": "eval", "expected": "throw", "setup": "add()"}
            FAILED          | {"filter": "proc.name = c", "kind": "run_mock", "expected": "throw"}
            UNKNOWN         | {"filter": "proc.nome = c", "kind": "run_mock"}
            UNKNOWN         | {"filter": "proc.nome = c", "kind": "compile"}
            UNKNOWN         | {"filter": "proc.nome = c", "kind": "compile", "expected": null}
            PASSED          | {"filter": "proc.name = c", "kind": "compile", "expected": "accept"}
            UNKNOWN         | {"filter": "proc.name = c", "kind": "compile", "expected": true, "colour": "red"}
            PASSED          | {"filter": "proc.name = c", "kind": "compile", "expected": true, "line": 7}
            UNKNOWN         | {"filter": "a.b = c"}
            FAILED          | {"fn": "escape", "input": "a b", "expected": "a b"}
            PASSED          | {"fn": "unescape", "input": "'ab'", "expected": "ab"}
            FAILED          | {"fn": "unescape", "input": "a", "expected": "throw"}
            FAILED          | {"fn": "warns", "args": ["proc.name = x"], "expected": true}
            UNKNOWN         | {"fn": "warns", "args": ["proc.name = x"]}
            UNKNOWN         | {"fn": "divine", "args": []}
            FAILED          | {"transformer": "len", "input_type": "PT_CHARBUF", "input": ["a"], "expected": ["2"]}
            UNKNOWN         | {"transformer": "len", "input_type": "PT_FUTURE", "input": ["a"], "expected": ["1"]}
            UNKNOWN         | {"transformer": "len", "input_type": "PT_UINT64", "input": ["a"]}
            UNKNOWN         | {"transformer": "rot13", "input_type": "PT_CHARBUF", "input": ["a"], "expected": ["n"]}
            FAILED          | {"plugins": [], "rules": "", "expected": false}
            UNKNOWN         | {"plugins": [], "rules": "- x"}
            UNKNOWN         | {"nothing": "known"}
            FAILED          | {"steps": [{"op": "load_rules", "rules": "- list: a", "expect_success": true}]}
            UNKNOWN         | {"steps": []}
            UNKNOWN         | {"steps": [{"op": "load_rules", "rules": "- x"}]}
            UNKNOWN         | {"steps": [{"op": "schema_validation"}, {"op": "has_warnings"}]}
            UNKNOWN         | {"steps": [{"op": "error_message_contains", "expected": false}]}
            UNKNOWN         | {"steps": [{"op": "load_rules", "rules": "", "expect_success": true, "twice": true}]}
            UNKNOWN         | {"steps": [{"op": "levitate"}]}
            UNKNOWN         | {"steps": [{"op": "engine_call", "fn": "levitate", "args": []}]}
            FAILED          | {"steps": [{"op": "num_rules", "expected": 1}]}
            FAILED          | {"steps": [{"op": "cpp", "text": "ASSERT_EQ(1, 2)"}]}
            FAILED          | {"steps": [{"op": "cpp", "text": "FAIL()"}]}
            PASSED          | {"steps": [{"op": "cpp", "text": "if (true) { return; }"}, {"op": "cpp", "text": "FAIL()"}]}
            PASSED          | {"steps": [{"op": "cpp", "text": "bool b=false; if(!b){b=true;} ASSERT_TRUE(b)"}]}
            FAILED          | {"steps": [{"op": "cpp", "text": "bool b=false; if(b){b=true;} ASSERT_TRUE(b)"}]}
            NOT_EXPRESSIBLE | {"steps": [{"op": "cpp", "text": "break;"}]}
            NOT_EXPRESSIBLE | {"steps": [{"op": "cpp", "text": "auto t = std::thread([]{}); t.join();"}]}
            """)
    void reportsTheOutcomeOfACase(Outcome.Kind expected, String test) throws IOException {
        Outcome outcome = new CaseRunner(new ObjectMapper().readTree("{}")).run(new ObjectMapper().readTree(test));
        assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(expected);
    }

    @Test
    void recognisesSectionsByTheirContent() throws IOException {
        Conformance conformance = Conformance.of(new ObjectMapper().readTree("""
                {"origin": "x", "notes": {"a": "b"}, "anything": [{"filter": "a", "expected": "accept"}], "else": [1],
                 "inner": {"more": [{"filter": "b", "expected": "accept"}, "c"]}}
                """));
        assertThat(conformance.table()).contains("anything", "inner.more").doesNotContain("else");
        assertThat(conformance.remarks()).anyMatch(remark -> remark.startsWith("not run: section else"));
        assertThat(conformance.count(Outcome.Kind.PASSED)).isEqualTo(2);
        assertThat(conformance.count(Outcome.Kind.UNKNOWN)).isEqualTo(1);
    }
}
