package dev.tiercel.cli.rules;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.ruletools.testing.RuleTestReport;
import dev.tiercel.ruletools.testing.RuleTestResult;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Results of rule tests as JUnit XML: a `testsuite` per file, a `testcase` per test; a test that cannot run is an
/// `error`.
final class JUnitReport {
    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static void write(List<RuleTestReport> reports, Path file) {
        try {
            Files.writeString(file, print(reports));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(file, PlainCause.of(failure)), failure);
        }
    }

    static String print(List<RuleTestReport> reports) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new JUnitReport(xml).suites(reports);
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text is written to memory", e);
        }
        return text.append('\n').toString();
    }

    private void suites(List<RuleTestReport> reports) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        open(0, "testsuites");
        for (RuleTestReport report : reports) {
            suite(report);
        }
        close(0);
        xml.writeEndDocument();
    }

    private void suite(RuleTestReport report) throws XMLStreamException {
        List<RuleTestResult> results = report.results();
        long failed = results.stream().filter(result -> !result.passed()).count();
        open(1, "testsuite");
        attribute("name", report.file());
        attribute("tests", String.valueOf(results.size() + report.problems().size()));
        attribute("failures", String.valueOf(failed));
        attribute("errors", String.valueOf(report.problems().size()));
        attribute(
                "time",
                seconds(results.stream().mapToLong(RuleTestResult::nanos).sum()));
        for (Diagnostic problem : report.problems()) {
            testcase(
                    report,
                    problem.item().name().isEmpty() ? "load" : problem.item().name(),
                    0);
            outcome("error", problem.message(), problem.text());
            close(2);
        }
        for (RuleTestResult result : results) {
            testcase(report, result.name(), result.nanos());
            if (!result.passed()) {
                String first = result.failures().getFirst().lines().findFirst().orElse("");
                outcome("failure", first, String.join("\n", result.failures()));
            }
            close(2);
        }
        close(1);
    }

    private void testcase(RuleTestReport report, String name, long nanos) throws XMLStreamException {
        open(2, "testcase");
        attribute("name", name);
        attribute("classname", report.file());
        attribute("time", seconds(nanos));
    }

    private void outcome(String kind, String message, String text) throws XMLStreamException {
        open(3, kind);
        attribute("message", message);
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
    }

    private void open(int depth, String name) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
        xml.writeStartElement(name);
    }

    private void close(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    /// Replaces characters that XML 1.0 does not allow.
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }
}
