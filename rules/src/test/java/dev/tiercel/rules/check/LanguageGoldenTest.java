package dev.tiercel.rules.check;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.rules.syntax.AstDump;
import dev.tiercel.testkit.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The language by example: golden files of conditions and events with their expected results.
///
/// Each file is blocks between blank lines. Lines that begin with `condition:`, `event:` or `#` are questions and
/// are kept; all other lines are answers. To add a case write its questions and run with `-Dgolden.update`.
public class LanguageGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

    @TestFactory
    List<DynamicTest> answersAreAsWritten() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (var files = Files.list(FOLDER.resolve("language"))) {
            for (Path file : files.sorted().toList()) {
                String name = FOLDER.relativize(file).toString();
                boolean trees = name.endsWith("syntax.txt");
                tests.add(DynamicTest.dynamicTest(
                        name, () -> Golden.check(name, answer(Files.readString(file), trees))));
            }
        }
        return tests;
    }

    /// Conditions and events with their current results.
    public static String answers(String content) {
        return answer(content, false);
    }

    private static String answer(String content, boolean trees) {
        StringBuilder out = new StringBuilder();
        for (String block : content.strip().split("\n\\s*\n", -1)) {
            out.append(out.isEmpty() ? "" : "\n").append(answerBlock(block, trees));
        }
        return out.toString();
    }

    private static String answerBlock(String block, boolean trees) {
        StringBuilder out = new StringBuilder();
        String condition = "";
        for (String line : block.split("\n", -1)) {
            if (line.startsWith("#")) {
                out.append(line).append('\n');
            } else if (line.startsWith("condition:")) {
                condition = line.substring("condition:".length()).strip();
                out.append(line).append('\n').append(trees ? tree(condition) : meaning(condition));
            } else if (line.startsWith("event:")) {
                String event = line.substring("event:".length()).strip();
                out.append(line)
                        .append('\n')
                        .append("=> ")
                        .append(holds(condition, event))
                        .append('\n');
            }
        }
        return out.toString();
    }

    private static String tree(String condition) {
        try {
            return AstDump.dump(Conditions.parse(condition), Conditions.text(condition));
        } catch (SyntaxException problem) {
            return "=> 1:" + (problem.at() + 1) + " " + problem.message() + "\n";
        }
    }

    private static String meaning(String condition) {
        try {
            Conditions compiled = Conditions.compile(condition);
            StringBuilder out = new StringBuilder();
            for (Problem problem : compiled.problems()) {
                if (problem.code() != Code.FIELD_NOT_SUPPLIED) {
                    out.append("=> ")
                            .append(Objects.requireNonNull(problem.position()).column())
                            .append(' ')
                            .append(problem.code());
                    out.append(' ').append(problem.message());
                    out.append(problem.hint().isEmpty() ? "" : " — " + problem.hint())
                            .append('\n');
                }
            }
            return compiled.valid() ? out + "ir: " + compiled.ir().print(compiled.fields()) + "\n" : out.toString();
        } catch (SyntaxException problem) {
            return "=> " + (problem.at() + 1) + " " + problem.message() + "\n";
        }
    }

    private static boolean holds(String condition, String event) {
        try {
            return Conditions.compile(condition).holds(fields(event));
        } catch (SyntaxException e) {
            throw new IllegalStateException(condition, e);
        }
    }

    /// `name=value name=(a,b)`: a value ends at a blank, `_` stands for one, `\xHH` for a byte; in parentheses is a
    /// list.
    private static Map<String, Object> fields(String event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String pair : event.split(" ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = pair.substring(equals + 1).replace('_', ' ');
                boolean list = value.startsWith("(") && value.endsWith(")");
                fields.put(
                        pair.substring(0, equals),
                        list ? List.of(value.substring(1, value.length() - 1).split(",")) : bytes(value));
            }
        }
        return fields;
    }

    private static Object bytes(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher matcher = BYTE.matcher(value);
        int end = 0;
        for (; matcher.find(); end = matcher.end()) {
            bytes.writeBytes(value.substring(end, matcher.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(matcher.group(1), 16));
        }
        bytes.writeBytes(value.substring(end).getBytes(StandardCharsets.UTF_8));
        return end == 0 ? value : bytes.toByteArray();
    }
}
