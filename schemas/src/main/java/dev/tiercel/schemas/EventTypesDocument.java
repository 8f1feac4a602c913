package dev.tiercel.schemas;

import java.util.stream.Collectors;

/// docs/event-types.md, made from [EventType] and [ParameterType].
public final class EventTypesDocument {

    private EventTypesDocument() {}

    /// The whole document.
    public static String markdown() {
        StringBuilder text = new StringBuilder("""
                # Event types

                *Made from `dev.tiercel.schemas.EventType`; a test compares. Names and parameters are Falco's (libs of 0.44, exit forms).*

                `SyscallEvent.type` is the number. `SyscallEvent.arguments` has the parameters, in this order; null: not known.
                Numbers are never changed or reused; new types and parameters are appended. A reader leaves out types that it
                does not know, and arguments beyond those that it knows.

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
