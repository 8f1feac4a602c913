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
record Call(String name, EventType type, List<Source> arguments, List<PathSource> paths, DescriptorSource descriptor) {

    /// What an argument is taken from.
    enum Kind {
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
    record Source(Kind kind, int index) {
        static Source parse(String word) {
            return switch (word) {
                case "-" -> new Source(Kind.NULL, 0);
                case "res" -> new Source(Kind.RESULT, 0);
                case "fd1" -> new Source(Kind.FIRST, 0);
                case "fd2" -> new Source(Kind.SECOND, 0);
                case "path" -> new Source(Kind.PATH, 0);
                case "flags" -> new Source(Kind.FLAGS, 0);
                case "mode" -> new Source(Kind.MODE, 0);
                case "dev" -> new Source(Kind.DEVICE, 0);
                case "ino" -> new Source(Kind.INODE, 0);
                case "dirfd" -> new Source(Kind.DIRECTORY, 0);
                case "file" -> new Source(Kind.FILE, 0);
                case "tuple" -> new Source(Kind.TUPLE, 0);
                case "addr" -> new Source(Kind.ADDRESS, 0);
                case "queuepct" -> new Source(Kind.QUEUE_PERCENT, 0);
                case "queuelen" -> new Source(Kind.QUEUE_LENGTH, 0);
                case "queuemax" -> new Source(Kind.QUEUE_MAXIMUM, 0);
                case "exec" -> new Source(Kind.EXEC, 0);
                default -> indexed(word);
            };
        }

        private static Source indexed(String word) {
            int index = Integer.parseInt(word.substring(1));
            return switch (word.charAt(0)) {
                case 'a' -> new Source(Kind.ARGUMENT, index);
                case 'i' -> new Source(Kind.ARGUMENT_INT, index);
                case 'u' -> new Source(Kind.ARGUMENT_UNSIGNED, index);
                case 's' -> new Source(Kind.STRING, index);
                default -> throw new IllegalArgumentException("argument word " + word);
            };
        }
    }

    /// A path: string `string`, relative to string `directory` or else to the descriptor in argument `descriptor`; both
    /// -1: to the current
    /// directory.
    record PathSource(int string, int directory, int descriptor) {
        static PathSource parse(String word) {
            int at = word.indexOf('@');
            if (at < 0) {
                return new PathSource(Integer.parseInt(word.substring(1)), -1, -1);
            }
            int slash = word.indexOf('/');
            return new PathSource(
                    Integer.parseInt(word.substring(1, at)),
                    Integer.parseInt(word.substring(at + 1, slash)),
                    Integer.parseInt(word.substring(slash + 1)));
        }
    }

    /// How the event's descriptor is found.
    enum DescriptorKind {
        NONE,
        ARGUMENT,
        COPY,
        NEW,
        OPEN,
        SOCKET
    }

    /// `value`: the argument that holds it (ARGUMENT, COPY) or the kind of `FileDescriptor` (NEW).
    record DescriptorSource(DescriptorKind kind, int value) {
        static DescriptorSource parse(String word) {
            if (word.equals("-")) {
                return new DescriptorSource(DescriptorKind.NONE, 0);
            }
            if (word.startsWith("arg")) {
                return new DescriptorSource(DescriptorKind.ARGUMENT, Integer.parseInt(word.substring(3)));
            }
            if (word.startsWith("dup")) {
                return new DescriptorSource(DescriptorKind.COPY, Integer.parseInt(word.substring(3)));
            }
            if (word.startsWith("new:")) {
                return new DescriptorSource(DescriptorKind.NEW, Integer.parseInt(word.substring(4)));
            }
            return new DescriptorSource(word.equals("open") ? DescriptorKind.OPEN : DescriptorKind.SOCKET, 0);
        }
    }

    Call {
        arguments = List.copyOf(arguments);
        paths = List.copyOf(paths);
        boolean exec = arguments.size() == 1 && arguments.getFirst().kind() == Kind.EXEC;
        if (!exec && arguments.size() != type.parameters().size()) {
            throw new IllegalArgumentException(name + " has " + arguments.size() + " arguments, " + type.eventName()
                    + " takes " + type.parameters());
        }
    }

    /// Parses the words of a row from the event type on.
    static Call parse(String name, String type, String arguments, String paths, String descriptor) {
        List<PathSource> pathSources = new ArrayList<>();
        if (!paths.equals("-") && !paths.equals("open")) {
            for (String word : paths.split(" ", -1)) {
                pathSources.add(PathSource.parse(word));
            }
        }
        List<Source> sources = new ArrayList<>();
        for (String word : arguments.split(" ", -1)) {
            sources.add(Source.parse(word));
        }
        EventType event =
                EventType.named(type).orElseThrow(() -> new IllegalArgumentException("no event type is named " + type));
        return new Call(name, event, sources, pathSources, DescriptorSource.parse(descriptor));
    }
}
