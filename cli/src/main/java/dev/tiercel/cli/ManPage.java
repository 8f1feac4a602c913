package dev.tiercel.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The manual page of one command in roff's macros of `man`, from what its `--help` is made of.
///
/// @param date of its header, as in `2026-11-26`
record ManPage(CommandSpec command, String date) {
    /// `tiercel-rules-check.1`.
    String fileName() {
        return name(command) + ".1";
    }

    private static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    String text() {
        StringBuilder page = new StringBuilder()
                .append(".TH \"%s\" \"1\" \"%s\" \"Tiercel\" \"Tiercel\"\n.nh\n.ad l\n"
                        .formatted(name(command).toUpperCase(Locale.ROOT), date));
        section(page, "NAME", escaped(name(command)) + " \\- " + escaped(firstSentence()) + "\n");
        section(page, "SYNOPSIS", synopsis());
        section(page, "DESCRIPTION", paragraphs());
        section(page, "OPTIONS", options());
        section(page, "COMMANDS", commands());
        section(page, "EXIT STATUS", exitCodes());
        section(page, "SEE ALSO", seeAlso());
        return page.toString();
    }

    private static void section(StringBuilder page, String title, String body) {
        if (!body.isEmpty()) page.append(".SH ").append(title).append('\n').append(body);
    }

    private String firstSentence() {
        String[] description = command.usageMessage().description();
        return description.length == 0 ? "" : interpolated(description[0]).replaceAll("\\.$", "");
    }

    private String synopsis() {
        String usage = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0);
        String path = command.qualifiedName(" ");
        String rest = usage.strip().replaceAll("\\s+", " ").substring(path.length()).strip();
        return ".B " + escaped(path) + "\n" + (rest.isEmpty() ? "" : escaped(rest) + "\n");
    }

    private String paragraphs() {
        return Arrays.stream(command.usageMessage().description())
                .map(line -> escaped(interpolated(line)) + "\n")
                .collect(Collectors.joining(".br\n"));
    }

    private String options() {
        String positional = command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .map(parameter -> entry(parameter.paramLabel(), description(parameter)))
                .collect(Collectors.joining());
        return positional
                + command.options().stream()
                        .filter(option -> !option.hidden())
                        .sorted((a, b) -> a.longestName().compareTo(b.longestName()))
                        .map(option -> entry(names(option), description(option)))
                        .collect(Collectors.joining());
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    private static String description(ArgSpec option) {
        String text = interpolated(String.join(" ", option.description()));
        return text.replace("${DEFAULT-VALUE}", Optional.ofNullable(option.defaultValue()).orElse(""));
    }

    private String commands() {
        return command.subcommands().values().stream()
                .map(sub -> new ManPage(sub.getCommandSpec(), date))
                .map(page -> entry(page.command.name(), page.firstSentence() + "."))
                .collect(Collectors.joining());
    }

    private String exitCodes() {
        Map<String, String> codes = command.usageMessage().exitCodeList();
        return codes.entrySet().stream()
                .map(code -> entry(code.getKey(), code.getValue()))
                .collect(Collectors.joining());
    }

    private String seeAlso() {
        List<String> others = command.subcommands().values().stream()
                .map(sub -> name(sub.getCommandSpec()))
                .collect(Collectors.toList());
        CommandSpec parent = command.parent();
        if (parent != null) others.addFirst(name(parent));
        return others.isEmpty()
                ? ""
                : others.stream().map(other -> "\\fB" + escaped(other) + "\\fR(1)").collect(Collectors.joining(",\n"))
                        + "\n";
    }

    private static String entry(String term, String text) {
        return ".TP\n\\fB" + escaped(term) + "\\fR\n" + escaped(text) + "\n";
    }

    private static String interpolated(String text) {
        return text.replace("%n", " ").replace("%%", "%");
    }

    /// Nothing of it is a macro, a break of a word, or an escape; a hyphen stays one that can be copied.
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
