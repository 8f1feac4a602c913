package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldClass;
import dev.tiercel.fields.FieldDefinition;
import java.io.PrintWriter;
import java.util.List;
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

/// Lists the fields that rules can use.
@Command(
        name = "fields",
        description = {
            "List the fields that rules can use: argument, type, meaning, and whether events carry them yet.",
            "Exits 1 if no field matches."
        })
final class RulesFieldsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            defaultValue = "",
            description = "Only fields whose name contains this; with a * in it, the whole name must match.")
    private String pattern = "";

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description = "Only fields available to rules of this event source.")
    private String source = "";

    @Option(names = "--class", paramLabel = "CLASS", description = "Only fields of this class, such as process or fd.")
    private String className = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json|markdown",
            defaultValue = "text",
            description = "Print a line or a JSON object per field, or one document (default: ${DEFAULT-VALUE}).")
    private FieldsFormat format = FieldsFormat.TEXT;

    @Override
    public Integer call() {
        FieldCatalog fields = catalog().onlyFields(byName());
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.print(fields));
        out.flush();
        return (fields.all().isEmpty() ? ExitCode.CHECK_FAILED : ExitCode.SUCCESS).number();
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
        return new ParameterException(spec.commandLine(), what + " is unknown; known: " + String.join(", ", known));
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
}
