package dev.tiercel.collector.translate;

import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How one system call is translated: a row of `calls.tsv`.
///
/// @param name of the call
/// @param arguments where the event's arguments come from, in the order of its parameters
/// @param paths of the event
/// @param descriptor of the event
record Call(
        String name,
        EventType type,
        List<ArgumentMapping> arguments,
        List<PathMapping> paths,
        DescriptorMapping descriptor) {

    /// Also the value of SOCK_CLOEXEC.
    static final int O_CLOEXEC = 0x80000;

    private static final int F_DUPFD_CLOEXEC = 1030;

    /// What an argument of the event is taken from, with its word in `calls.tsv`.
    enum ArgumentValue {
        NULL("-"),
        RESULT("res"),
        NUMBER("nr"),
        ARGUMENT("aN"),
        ARGUMENT_INT("iN"),
        ARGUMENT_UNSIGNED("uN"),
        STRING("sN"),
        PATH("path"),
        FLAGS("flags"),
        MODE("mode"),
        RESOLVE("resolve"),
        DEVICE("dev"),
        INODE("ino"),
        DIRECTORY("dirfd"),
        FILE("file"),
        TUPLE("tuple"),
        ADDRESS("addr"),
        QUEUE_PERCENT("queuepct"),
        QUEUE_LENGTH("queuelen"),
        QUEUE_MAXIMUM("queuemax"),
        FIRST("fd1"),
        SECOND("fd2"),
        /// The whole argument list of a failed execve.
        EXEC("exec");

        private final String word;

        ArgumentValue(String word) {
            this.word = word;
        }

        private static Optional<ArgumentValue> of(String word) {
            return Arrays.stream(values())
                    .filter(value -> value.word.equals(word))
                    .findFirst();
        }
    }

    /// Where an argument comes from; `index` of the call's argument or of the record's string.
    record ArgumentMapping(ArgumentValue value, int index) {
        static ArgumentMapping parse(String word) {
            return ArgumentValue.of(word)
                    .map(value -> new ArgumentMapping(value, 0))
                    .orElseGet(() -> indexed(word));
        }

        private static ArgumentMapping indexed(String word) {
            ArgumentValue value = ArgumentValue.of(word.charAt(0) + "N")
                    .orElseThrow(() -> new IllegalArgumentException("unknown argument word " + word));
            return new ArgumentMapping(value, Integer.parseInt(word.substring(1)));
        }

        /// The number that the kernel takes from a register with an argument of this kind.
        long number(long register) {
            return switch (value) {
                case ARGUMENT_INT -> register << 32 >> 32;
                case ARGUMENT_UNSIGNED -> register & 0xffff_ffffL;
                default -> register;
            };
        }
    }

    /// A path: string `string`, relative to string `directory`, or else to the descriptor in argument `descriptor`,
    /// or if both are -1 to the current directory.
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

    /// Where the event's descriptor comes from.
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

    /// The descriptor that a call returned; -1: it failed.
    static int returnedDescriptor(long result) {
        return result < 0 ? -1 : (int) result;
    }

    /// The descriptor that the event of a duplicating call is about: the new one, but of fcntl the original, as in
    /// Falco; -1: the call failed and made none.
    ///
    /// @param original argument of the call
    int duplicated(long result, long original) {
        return type == EventType.FCNTL ? (int) original : returnedDescriptor(result);
    }

    /// Whether the descriptor that the call made is closed at the next exec.
    ///
    /// @param second argument of the call; so `third` and `fourth`
    boolean closesOnExec(long second, long third, long fourth) {
        return switch (type) {
            case SOCKET, SOCKETPAIR -> (second & O_CLOEXEC) != 0;
            case DUP3 -> (third & O_CLOEXEC) != 0;
            case ACCEPT4 -> (fourth & O_CLOEXEC) != 0;
            case FCNTL -> (int) second == F_DUPFD_CLOEXEC;
            default -> false;
        };
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
