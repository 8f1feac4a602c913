package dev.tiercel.sinks.receiver;

import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.alert.Escaping;
import dev.tiercel.sinks.alert.FalcoJson;
import dev.tiercel.sinks.alert.Template;
import dev.tiercel.sinks.yaml.Section;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An alert as one line.
///
/// @param template instead of the format; null: none
record LineForm(Format format, @Nullable Template template) {
    private static final Map<String, Format> FORMATS = Map.of("json", Format.JSON, "text", Format.TEXT);

    /// How alerts look without a template.
    enum Format {
        /// As Falco's.
        JSON,
        /// As Falco prints it.
        TEXT
    }

    /// Reads `format` and `template`.
    static LineForm read(Section section) {
        Template template = Template.read(section, "template");
        if (template != null && section.has("format")) {
            section.problem("format", "says nothing beside 'template'");
        }
        return new LineForm(section.choice("format", FORMATS, Format.JSON), template);
    }

    /// Without a line end.
    String of(Notice notice) {
        Template own = notice.template() == null ? template : notice.template();
        if (own != null) return PlainText.line(own.render(notice.alert(), Escaping.LINE));
        return format == Format.JSON
                ? FalcoJson.of(notice.alert())
                : PlainText.line(notice.alert().line());
    }
}
