package dev.tiercel.rules.engine;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/// A class being generated: its constants, and a queue of methods to emit.
final class RuleClass {

    private static final int STATIC = AccessFlag.STATIC.mask() | AccessFlag.PRIVATE.mask();

    /// Characters not allowed in a method name; replaced by `_`.
    private static final String FORBIDDEN = ".;[/<>:";
    private static final int LONGEST_NAME = 200;

    private final ClassDesc name;
    private final ClassConstants constants = new ClassConstants();
    private final Map<Object, String> methods = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> added = new HashSet<>();
    private final Queue<Method> wanted = new ArrayDeque<>();

    private record Method(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

    RuleClass(ClassDesc name) {
        this.name = name;
    }

    ClassDesc name() {
        return name;
    }

    ClassConstants constants() {
        return constants;
    }

    /// Name of the predicate method for `key`, which is emitted once, and named `wish` where possible.
    String method(Object key, String wish, Consumer<CodeBuilder> body) {
        String known = methods.get(key);
        if (known == null) {
            known = free(wish);
            methods.put(key, known);
            add(known, CodeNames.PREDICATE, body);
        }
        return known;
    }

    /// A legal, unused name derived from `wish`.
    String free(String wish) {
        StringBuilder legal = new StringBuilder();
        wish.chars()
                .limit(LONGEST_NAME)
                .forEach(c ->
                        legal.append(FORBIDDEN.indexOf(c) >= 0 || Character.isSurrogate((char) c) ? '_' : (char) c));
        String candidate = legal.isEmpty() ? "_" : legal.toString();
        for (int i = 2; !names.add(candidate); i++) {
            candidate = legal + " #" + i;
        }
        return candidate;
    }

    /// Schedules a method to be emitted, once per name, which must be legal. Bodies must be repeatable: they are
    /// emitted again when a jump turns out to be long.
    void add(String method, MethodTypeDesc type, Consumer<CodeBuilder> body) {
        if (added.add(method)) {
            wanted.add(new Method(method, type, body));
        }
    }

    /// Emits all scheduled methods, and those that they schedule.
    void emitAll(ClassBuilder builder) {
        for (Method method = wanted.poll(); method != null; method = wanted.poll()) {
            builder.withMethodBody(method.name(), method.type(), STATIC, method.body());
        }
    }
}
