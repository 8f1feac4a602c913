package dev.tiercel.rules;

import java.util.List;

/// Rules files, read and checked.
record LoadedRules(Definitions definitions, Requirements requirements, Checker checker, List<Diagnostic> diagnostics) {

    /// Reads `files` in order.
    static LoadedRules of(List<RuleFile> files, CompileOptions options) {
        Problems problems = new Problems();
        Definitions definitions = new Definitions(new Exceptions(options.sources()), problems);
        Requirements requirements = new Requirements();
        RulesReader reader = new RulesReader(
                definitions, problems, new RequirementsReader(problems, options.plugins(), requirements));
        files.forEach(reader::read);
        Checker checker = Checker.check(definitions, options, problems);
        return new LoadedRules(
                definitions,
                requirements,
                checker,
                problems.sorted(files.stream().map(RuleFile::name).toList()));
    }

    /// Whether any diagnostic is an error.
    boolean failed() {
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }
}
