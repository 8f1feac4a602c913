package dev.tiercel.schemas;

import java.util.ArrayList;
import java.util.List;

/// A parameter of an event type, named as Falco names it (`evt.arg.NAME`).
///
/// @param name as in `evt.arg.flags`; unique in its event type
public record Parameter(String name, ParameterType type) {

    /// Parses `fd:fd name:path`: name, colon, type name, separated by spaces.
    static List<Parameter> list(String signature) {
        List<Parameter> parameters = new ArrayList<>();
        for (String word : signature.split(" ", -1)) {
            if (!word.isEmpty()) {
                int colon = word.indexOf(':');
                parameters.add(new Parameter(word.substring(0, colon), ParameterType.named(word.substring(colon + 1))));
            }
        }
        return List.copyOf(parameters);
    }

    @Override
    public String toString() {
        return name + ":" + type.typeName();
    }
}
