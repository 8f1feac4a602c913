package dev.tiercel.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What one `TEST-*.xml` says, by its elements alone: the sums in its head are not believed.
///
/// @param tests every `testcase`, and every outcome outside of one, as of a class whose `@BeforeAll` failed
/// @param failed what failed, errored or passed only when repeated, inside a test or out of one
/// @param skipped what was skipped
record TestReport(int tests, List<String> failed, List<String> skipped) {
    /// A test that passed at the second attempt is a fault like any other.
    private static final Set<String> FAILURES =
            Set.of("failure", "error", "flakyFailure", "flakyError", "rerunFailure", "rerunError");

    /// Reads a report to its end.
    ///
    /// @throws XMLStreamException if it is cut off, malformed, or no report
    static TestReport read(Path file) throws IOException, XMLStreamException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return new Elements(factory().createXMLStreamReader(bytes)).read();
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /// A test counts once, whatever number of elements says what became of it.
    private static final class Elements {
        private final XMLStreamReader xml;
        private final List<String> failed = new ArrayList<>();
        private final List<String> skipped = new ArrayList<>();
        private String suite = "";
        private String test = "";
        private int tests;
        private boolean decided;
        private List<String> untold = List.of(); // where the outcome goes whose reason is awaited
        private boolean awaitsText;

        Elements(XMLStreamReader xml) {
            this.xml = xml;
        }

        TestReport read() throws XMLStreamException {
            while (xml.hasNext()) {
                event(xml.next());
            }
            return new TestReport(tests, List.copyOf(failed), List.copyOf(skipped));
        }

        private void event(int event) throws XMLStreamException {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> start(xml.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> tell(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                default -> {}
            }
        }

        private void start(String element) throws XMLStreamException {
            if (suite.isEmpty()) suite(element);
            else if (element.equals("testcase")) test();
            else if (FAILURES.contains(element)) outcome(failed);
            else if (element.equals("skipped")) outcome(skipped);
        }

        private void suite(String element) throws XMLStreamException {
            if (!element.equals("testsuite")) throw new XMLStreamException("no report: its root is <" + element + ">");
            suite = attribute("name");
            test = suite;
        }

        private void test() {
            test = attribute("classname") + "." + attribute("name");
            tests++;
            decided = false;
        }

        private void end(String element) {
            tell("");
            if (element.equals("testcase")) test = suite;
        }

        private void outcome(List<String> outcomes) {
            if (test.equals(suite)) tests++;
            else if (decided) return;
            decided = true;
            untold = outcomes;
            awaitsText = true;
            if (!attribute("message").isEmpty()) tell(attribute("message"));
        }

        /// Why: the message, or of an aborted test, which has none, the first line of the text.
        private void tell(String why) {
            if (!awaitsText) return;
            awaitsText = false;
            String reason = xml.isCharacters() ? why.strip().lines().findFirst().orElse("") : why;
            untold.add((test + ": " + reason.replaceFirst("^[\\w.]+TestAbortedException: ", "")).strip());
        }

        private String attribute(String name) {
            return Objects.requireNonNullElse(xml.getAttributeValue(null, name), "");
        }
    }
}
