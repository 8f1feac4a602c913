package dev.tiercel.cli.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Severity;
import java.util.List;

/// Diagnostics as a SARIF 2.1.0 log with one run: every code is a rule of the tool, every diagnostic a result. Columns
/// count UTF-16 code units.
final class SarifReport {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final List<Code> CODES = List.of(Code.values());

    private SarifReport() {}

    static String print(List<Diagnostic> diagnostics) {
        ObjectNode log = JsonNodeFactory.instance.objectNode();
        log.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "tiercel");
        rules(driver.putArray("rules"));
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode results = run.putArray("results");
        diagnostics.forEach(diagnostic -> result(diagnostic, results.addObject()));
        try {
            return JSON.writeValueAsString(log);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of text and numbers prints", e);
        }
    }

    private static void rules(ArrayNode rules) {
        for (Code code : CODES) {
            ObjectNode rule = rules.addObject();
            rule.put("id", code.name());
            rule.putObject("shortDescription").put("text", code.description());
            rule.putObject("defaultConfiguration").put("level", level(code.severity()));
        }
    }

    private static void result(Diagnostic diagnostic, ObjectNode result) {
        result.put("ruleId", diagnostic.code().name());
        result.put("ruleIndex", CODES.indexOf(diagnostic.code()));
        result.put("level", level(diagnostic.severity()));
        result.putObject("message").put("text", Diagnostics.sentence(diagnostic));
        if (diagnostic.file().isEmpty()) return;
        ObjectNode location = result.putArray("locations").addObject();
        ObjectNode place = location.putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", SourcePath.uri(diagnostic.file()));
        if (diagnostic.line() > 0) {
            ObjectNode region = place.putObject("region").put("startLine", diagnostic.line());
            if (diagnostic.column() > 0) region.put("startColumn", diagnostic.column());
        }
        if (!diagnostic.item().name().isEmpty()) {
            ObjectNode item = location.putArray("logicalLocations").addObject();
            item.put("name", diagnostic.item().name());
            item.put("kind", diagnostic.item().type());
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }
}
