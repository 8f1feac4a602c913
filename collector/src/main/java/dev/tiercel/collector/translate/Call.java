package dev.tiercel.collector.translate;

import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.List;

/// What one system call becomes: a row of `calls.tsv`, ready to be run.
///
/// @param name of the call
/// @param arguments where each argument of the event comes from
/// @param paths of the event
/// @param descriptor of the event
record Call(String name, EventType type, List<ArgumentMapping> arguments, List<PathMapping> paths, DescriptorMapping descriptor) {

    /// What an argument is taken from.
    enum ArgumentValue {
        NULL,
        RESULT,
        ARGUMENT,
        ARGUMENT_INT,
        ARGUMENT_UNSIGNED,
        STRING,
        PATH,
        FLAGS,
        MODE,
        DEVICE,
        INODE,
        DIRECTORY,
        FILE,
        TUPLE,
        ADDRESS,
        QUEUE_PERCENT,
        QUEUE_LENGTH,
        QUEUE_MAXIMUM,
        FIRST,
        SECOND,
        /// The whole argument list of a failed execve.
        EXEC
    }

    /// Where an argument comes from; `index` of the call's argument or of the record's string.
    record ArgumentMapping(ArgumentValue value, int index) {
        static ArgumentMapping parse(String word) {
            return switch (word) {
                case "-" -> new ArgumentMapping(ArgumentValue.NULL, 0);
                case "res" -> new ArgumentMapping(ArgumentValue.RESULT, 0);
                case "fd1" -> new ArgumentMapping(ArgumentValue.FIRST, 0);
                case "fd2" -> new ArgumentMapping(ArgumentValue.SECOND, 0);
                case "path" -> new ArgumentMapping(ArgumentValue.PATH, 0);
                case "flags" -> new ArgumentMapping(ArgumentValue.FLAGS, 0);
                case "mode" -> new ArgumentMapping(ArgumentValue.MODE, 0);
                case "dev" -> new ArgumentMapping(ArgumentValue.DEVICE, 0);
                case "ino" -> new ArgumentMapping(ArgumentValue.INODE, 0);
                case "dirfd" -> new ArgumentMapping(ArgumentValue.DIRECTORY, 0);
                case "file" -> new ArgumentMapping(ArgumentValue.FILE, 0);
                case "tuple" -> new ArgumentMapping(ArgumentValue.TUPLE, 0);
                case "addr" -> new ArgumentMapping(ArgumentValue.ADDRESS, 0);
                case "queuepct" -> new ArgumentMapping(ArgumentValue.QUEUE_PERCENT, 0);
                case "queuelen" -> new ArgumentMapping(ArgumentValue.QUEUE_LENGTH, 0);
                case "queuemax" -> new ArgumentMapping(ArgumentValue.QUEUE_MAXIMUM, 0);
                case "exec" -> new ArgumentMapping(ArgumentValue.EXEC, 0);
                default -> indexed(word);
            };
        }

        private static ArgumentMapping indexed(String word) {
            int index = Integer.parseInt(word.substring(1));
            return switch (word.charAt(0)) {
                case 'a' -> new ArgumentMapping(ArgumentValue.ARGUMENT, index);
                case 'i' -> new ArgumentMapping(ArgumentValue.ARGUMENT_INT, index);
                case 'u' -> new ArgumentMapping(ArgumentValue.ARGUMENT_UNSIGNED, index);
                case 's' -> new ArgumentMapping(ArgumentValue.STRING, index);
                default -> throw new IllegalArgumentException("argument word " + word);
            };
        }
    }

    /// A path: string `string`, relative to string `directory` or else to the descriptor in argument `descriptor`; both
    /// -1: to the current
    /// directory.
    record PathMapping(int string, int directory, int descriptor) {
        static PathMapping parse(String word) {
            int at = word.indexOf('@');
            if (at < 0) {
                return new PathMapping(Integer.parseInt(word.substring(1)), -1, -1);
            }
            int slash = word.indexOf('/');
            return new PathMapping(
                    Integer.parseInt(word.substring(1, at)),
                    Integer.parseInt(word.substring(at + 1, slash)),
                    Integer.parseInt(word.substring(slash + 1)));
        }
    }

    /// How the event's descriptor is found.
    enum DescriptorRole {
        NONE,
        ARGUMENT,
        COPY,
        NEW,
        OPEN,
        SOCKET
    }

    /// `value`: the argument that holds it (ARGUMENT, COPY) or the kind of `FileDescriptor` (NEW).
    record DescriptorMapping(DescriptorRole role, int value) {
        static DescriptorMapping parse(String word) {
            if (word.equals("-")) {
                return new DescriptorMapping(DescriptorRole.NONE, 0);
            }
            if (word.startsWith("arg")) {
                return new DescriptorMapping(DescriptorRole.ARGUMENT, Integer.parseInt(word.substring(3)));
            }
            if (word.startsWith("dup")) {
                return new DescriptorMapping(DescriptorRole.COPY, Integer.parseInt(word.substring(3)));
            }
            if (word.startsWith("new:")) {
                return new DescriptorMapping(DescriptorRole.NEW, Integer.parseInt(word.substring(4)));
            }
            return new DescriptorMapping(word.equals("open") ? DescriptorRole.OPEN : DescriptorRole.SOCKET, 0);
        }
    }

    Call {
        arguments = List.copyOf(arguments);
        paths = List.copyOf(paths);
        boolean exec = arguments.size() == 1 && arguments.getFirst().value() == ArgumentValue.EXEC;
        if (!exec && arguments.size() != type.parameters().size()) {
            throw new IllegalArgumentException(name + " has " + arguments.size() + " arguments, " + type.eventName()
                    + " takes " + type.parameters());
        }
    }

    /// Parses the words of a row from the event type on.
    static Call parse(String name, String type, String arguments, String paths, String descriptor) {
        List<PathMapping> pathMappings = new ArrayList<>();
        if (!paths.equals("-") && !paths.equals("open")) {
            for (String word : paths.split(" ", -1)) {
                pathMappings.add(PathMapping.parse(word));
            }
        }
        List<ArgumentMapping> argumentMappings = new ArrayList<>();
        for (String word : arguments.split(" ", -1)) {
            argumentMappings.add(ArgumentMapping.parse(word));
        }
        EventType event =
                EventType.named(type).orElseThrow(() -> new IllegalArgumentException("no event type is named " + type));
        return new Call(name, event, argumentMappings, pathMappings, DescriptorMapping.parse(descriptor));
    }
}
