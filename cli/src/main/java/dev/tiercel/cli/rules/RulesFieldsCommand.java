package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Json;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldClass;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldsDocument;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists the fields that rules may name.
@Command(
        name = "fields",
        description = {
            "List the fields that rules may name: argument, type, meaning, and whether events carry them yet.",
            "Answers no (1) if there is none."
        })
final class RulesFieldsCommand implements Callable<Integer> {
    /// How fields are printed.
    enum Form {
        /// A line for each.
        TEXT,
        /// A JSON object for each.
        JSON,
        /// One document: docs/fields.md.
        MARKDOWN
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            defaultValue = "",
            description = "Only fields with this in their name; * stands for anything, and then it is the whole name.")
    private String pattern = "";

    @Option(names = "--source", paramLabel = "SOURCE", description = "Only fields that rules of this source may name.")
    private String source = "";

    @Option(names = "--class", paramLabel = "CLASS", description = "Only fields of this class, such as process or fd.")
    private String className = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json|markdown",
            defaultValue = "text",
            description = "Print a line, or a JSON object, for each; or one document (default: ${DEFAULT-VALUE}).")
    private Form form = Form.TEXT;

    @Override
    public Integer call() {
        FieldCatalog fields = catalog().onlyFields(byName());
        PrintWriter out = spec.commandLine().getOut();
        if (form == Form.MARKDOWN) {
            out.print(FieldsDocument.markdown(fields));
            out.flush();
        } else {
            for (FieldClass group : fields.classes()) {
                group.fields().forEach(field -> out.println(form == Form.JSON ? json(group, field) : text(field)));
            }
        }
        return (fields.all().isEmpty() ? ExitCode.NO : ExitCode.DONE).number();
    }

    private FieldCatalog catalog() {
        FieldCatalog catalog = source.isEmpty()
                ? FieldCatalog.complete()
                : FieldCatalog.bySource().get(source);
        if (catalog == null) {
            throw unknown("--source " + source, FieldCatalog.bySource().keySet());
        }
        List<String> names =
                catalog.classes().stream().map(FieldClass::name).distinct().toList();
        if (!className.isEmpty() && !names.contains(className)) {
            throw unknown("--class " + className, names);
        }
        return className.isEmpty()
                ? catalog
                : catalog.only(group -> group.name().equals(className));
    }

    private ParameterException unknown(String what, Iterable<String> known) {
        return new ParameterException(spec.commandLine(), what + " is not known: " + String.join(", ", known));
    }

    private Predicate<FieldDefinition> byName() {
        if (pattern.indexOf('*') < 0) {
            return field -> field.name().contains(pattern);
        }
        String expression = Pattern.compile("\\*")
                .splitAsStream(pattern + "\0")
                .map(part -> Pattern.quote(part.replace("\0", "")))
                .collect(Collectors.joining(".*"));
        Predicate<String> matches = Pattern.compile(expression).asMatchPredicate();
        return field -> matches.test(field.name());
    }

    private static String text(FieldDefinition field) {
        String remarks = FieldsDocument.remarks(field).stream()
                .map(remark -> " " + remark + ".")
                .collect(Collectors.joining());
        return "%-34s %-14s %s%s"
                .formatted(
                        field.name() + FieldsDocument.argument(field),
                        FieldsDocument.type(field),
                        field.description(),
                        remarks);
    }

    private static String json(FieldClass group, FieldDefinition field) {
        return new Json()
                .put("name", field.name())
                .put("class", group.name())
                .put("source", group.source())
                .put("type", field.type().name().toLowerCase(Locale.ROOT))
                .put("list", field.list())
                .put("argument", field.argument().name().toLowerCase(Locale.ROOT))
                .put("supplied", field.supplied())
                .put("deprecated", field.is(FieldFlag.DEPRECATED))
                .put("condition", !field.is(FieldFlag.PRINT_ONLY))
                .put("output", !field.is(FieldFlag.FILTER_ONLY))
                .put("description", field.description())
                .line();
    }
}
