package dev.tiercel.schemas;

import java.util.stream.Collectors;

/// Generates docs/event-types.md from [EventType] and [ParameterType].
final class EventTypesDocument {

    private EventTypesDocument() {}

    /// The whole document.
    static String markdown() {
        StringBuilder text = new StringBuilder("""
                # Event types

                *Generated from `dev.tiercel.schemas.EventType`; checked by a test. Names and parameters are Falco's (libs of 0.44, exit forms).*

                `SyscallEvent.type` is the number. `SyscallEvent.arguments` has the parameters, in this order; null means unknown.
                Numbers are never changed or reused; new types and parameters are appended. A reader must ignore unknown
                types and additional arguments.

                Rules may also name the other system calls and what else is in Falco's table (`rules/…/other-events.txt`): no sensor has such events, but
                files of events may.

                ## Parameter types

                | type | in the batch | meaning |
                |---|---|---|
                """);
        for (ParameterType type : ParameterType.values()) {
            text.append("| `%s` | %s | %s |\n".formatted(type.typeName(), carrier(type), type.text()));
        }
        text.append("\n## Types\n\n| number | type | category | parameters |\n|---|---|---|---|\n");
        for (EventType type : EventType.values()) {
            text.append("| %d | `%s` | %s | %s |\n"
                    .formatted(type.number(), type.eventName(), type.category().categoryName(), parameters(type)));
        }
        return text.toString();
    }

    private static String carrier(ParameterType type) {
        return switch (type.carrier()) {
            case LONG -> "long";
            case STRING -> "string";
            case BYTES -> "bytes";
            case ANY -> "long, string or bytes";
        };
    }

    private static String parameters(EventType type) {
        return type.parameters().stream()
                .map(parameter -> parameter.name() + " *" + parameter.type().typeName() + "*")
                .collect(Collectors.joining(", "));
    }
}
