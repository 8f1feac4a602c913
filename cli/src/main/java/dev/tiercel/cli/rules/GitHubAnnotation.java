package dev.tiercel.cli.rules;

import dev.tiercel.rules.Diagnostic;

/// A workflow command of GitHub Actions: `::error file=rules.yaml,line=3,col=5,title=LOAD_ERR_…::message`.
final class GitHubAnnotation {
    private GitHubAnnotation() {}

    static String print(Diagnostic diagnostic) {
        StringBuilder line = new StringBuilder("::").append(command(diagnostic)).append(' ');
        if (!diagnostic.file().isEmpty()) {
            line.append("file=")
                    .append(property(SourcePath.relative(diagnostic.file())))
                    .append(',');
        }
        if (diagnostic.line() > 0)
            line.append("line=").append(diagnostic.line()).append(',');
        if (diagnostic.column() > 0)
            line.append("col=").append(diagnostic.column()).append(',');
        line.append("title=").append(diagnostic.code());
        return line.append("::").append(data(Diagnostics.sentence(diagnostic))).toString();
    }

    private static String command(Diagnostic diagnostic) {
        return switch (diagnostic.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
