package dev.tiercel.rules;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.rules.syntax.Transformer;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes seeds and a dictionary for the fuzz targets: the default rules, and Falco's if they are at hand, item by
/// item; operators, transformers, fields, keys.
public final class FuzzSeeds {

    private static final Pattern ITEM = Pattern.compile("\n(?=- )");

    private FuzzSeeds() {}

    private static final List<String> WORDS = List.of(
            "and ",
            "or ",
            "not ",
            "(",
            ")",
            "[",
            "]",
            ", ",
            "\"",
            "\\\\",
            "\\x",
            "0x",
            "-1",
            "1e+9",
            "exists",
            "val(",
            "anyof ",
            "oneof ",
            "allof ",
            "<NA>",
            "%",
            "%*",
            "\n---\n",
            "evt.type=",
            "evt.type in (",
            "true",
            "*",
            "[a-z]",
            "[[:alpha:]]",
            "10.0.0.0/8",
            "::1",
            "\n- list: ",
            "\n  items: [",
            "\n- macro: ",
            "\n  condition: ",
            "\n- rule: ",
            "\n  output: ",
            "\n  desc: ",
            "\n  priority: ",
            "\n  tags: [",
            "\n  source: ",
            "\n  append: true",
            "\n  enabled: false",
            "\n  override: {condition: append}",
            "\n  override: {items: replace}",
            "\n  exceptions: [",
            "{name: ",
            "fields: [",
            "comps: [",
            "values: [",
            "\n- required_engine_version: ",
            "\n- required_plugin_versions: [",
            "alternatives: [",
            "\n  skip-if-unknown-filter: true",
            "\n  warn_evttypes: false",
            "\n  capture: true",
            "&a ",
            "*a",
            ">-",
            "|",
            "!!str ",
            "? ",
            "<<: ",
            "\n- signal: ",
            "\n- correlation: ",
            "\n  type: temporal_ordered",
            "\n  type: value_count",
            "\n  type: absence",
            "\n  type: first_seen",
            "\n  steps: [",
            "{id: a, rule: ",
            "where: ",
            "\n  rules: [",
            "\n  until: ",
            "\n  group-by: [",
            "\n  aliases: {",
            "\n  timespan: 10m",
            "\n  learn: 1h",
            "\n  field: ",
            "{gte: 5, field: ",
            "percentile: 95",
            "\n  suppress: {by: [",
            "for: 1h",
            "\n  shadow: true",
            "key.",
            "correlation.count",
            "\f");

    /// Writes to the folders `condition`, `rules` and `output` in folder `args[0]`, and to the file `words` there.
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int file = 0;
        for (RuleFile rules : files()) {
            write(folder, file++, rules);
        }
        Files.write(folder.resolve("words"), words().map(FuzzSeeds::entry).toList());
    }

    private static Stream<String> words() {
        return Stream.of(
                        WORDS.stream(),
                        Stream.of(Operator.values()).map(Operator::text),
                        Transformer.OPENINGS.stream(),
                        FieldCatalog.syscall().all().stream().map(FieldDefinition::name))
                .flatMap(words -> words);
    }

    /// A line of a libFuzzer dictionary.
    private static String entry(String word) {
        StringBuilder entry = new StringBuilder("\"");
        word.chars().forEach(c -> {
            boolean plain = c >= ' ' && c != '"' && c != '\\';
            entry.append(plain ? Character.toString(c) : "\\x%02x".formatted(c));
        });
        return entry.append('"').toString();
    }

    private static List<RuleFile> files() throws IOException {
        List<RuleFile> files = new ArrayList<>(DefaultRules.files());
        for (String name : List.of("data/falco-rules/official", "data/falco-rules/plugins")) {
            Path folder = Shared.path(name).orElse(null);
            if (folder == null) {
                continue;
            }
            try (Stream<Path> list = Files.list(folder)) {
                for (Path path : list.sorted().toList()) {
                    files.add(new RuleFile(path.getFileName().toString(), Files.readString(path)));
                }
            }
        }
        return files;
    }

    private static void write(Path folder, int number, RuleFile rules) throws IOException {
        int item = 0;
        for (String text : ITEM.split(rules.content(), -1)) {
            write(folder, "rules", number + "-" + item++, text + "\n");
        }
        RuleSet set = RuleCompiler.compile(List.of(rules), CompileOptions.defaults())
                .ruleSet()
                .orElse(null);
        for (Rule rule : set == null ? List.<Rule>of() : set.rules()) {
            String name = number + "-" + rule.index();
            write(folder, "condition", name, rule.expandedCondition() + "\n---\nevt.type=execve\nproc.name=sh\n");
            write(folder, "output", name, rule.output() + "\n---\nproc.name=sh\nfd.name=/etc/shadow\nuser.uid=0\n");
        }
    }

    private static void write(Path folder, String target, String name, String text) throws IOException {
        Path path = folder.resolve(target).resolve("seed-" + name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
