package dev.tiercel.fields.syscall;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.schemas.DescriptorKind;
import dev.tiercel.schemas.EventDescriptor;
import dev.tiercel.schemas.EventType;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Class fd: the file or socket the event is about.
///
/// A call that failed to create its descriptor has number -1, a name and a type character, and nothing else.
final class DescriptorFields {

    private static final String NOT_APPLICABLE = "<NA>";
    private static final int DIRECTORY = 2;
    private static final int UPPER_LAYER = 2;
    private static final int LOWER_LAYER = 4;

    private static final String[] TYPES = {
        NOT_APPLICABLE,
        "file",
        "directory",
        "pipe",
        "file",
        "file",
        "event",
        "signalfd",
        "eventpoll",
        "inotify",
        "timerfd",
        "bpf",
        "userfaultfd",
        "io_uring",
        "memfd",
        "pidfd"
    };
    private static final String[] MARKS = {
        "o", "f", "d", "p", "f", "f", "e", "s", "l", "i", "t", "b", "u", "r", "m", "P"
    };

    private final Extractors.Builder fields = new Extractors.Builder();

    private DescriptorFields() {}

    /// The extractors of these classes, by field.
    static Map<String, Function<FieldReference, Extractor>> extractors() {
        DescriptorFields all = new DescriptorFields();
        all.addAll();
        return all.fields.build();
    }

    private void addAll() {
        kinds();
        names();
        addresses();
        ports();
        networks();
        states();
        inodes();
    }

    private void kinds() {
        fields.add("fd.num", new DescriptorNumber());
        fields.text("fd.type", s -> s.hasOpenDescriptor() ? type(s) : null);
        fields.text("fd.typechar", s -> s.hasDescriptor() ? typeCharacter(s) : null);
        fields.text("fd.l4proto", s -> s.hasOpenDescriptor() ? protocol(s) : null);
        fields.text("fd.sockfamily", s -> s.hasOpenDescriptor() ? family(s) : null);
        fields.text("fd.uid", s -> s.hasKnownNumber() ? s.cursor().tid() + "" + numberOf(s) : null);
    }

    /// `fd.num`: a number that is not known is not shown. In conditions it is that of a descriptor which exists and is
    /// no standard stream, so that `fd.num >= 0` means what it means of other opens.
    private static final class DescriptorNumber extends Extractor {
        @Override
        long number(CurrentEvent source) {
            return source.hasDescriptor() ? numberOf(source) : CurrentEvent.ABSENT;
        }

        @Override
        @Nullable
        String text(CurrentEvent source) {
            return source.hasKnownNumber() ? Long.toString(numberOf(source)) : null;
        }

        @Override
        boolean present(CurrentEvent source) {
            return source.hasDescriptor();
        }
    }

    private static long numberOf(CurrentEvent source) {
        return source.cursor().descriptorKind() == DescriptorKind.NONE
                ? -1
                : source.descriptor().number();
    }

    private static String type(CurrentEvent source) {
        EventDescriptor descriptor = source.descriptor();
        if (descriptor.kind() != DescriptorKind.SOCKET) {
            return of(TYPES, descriptor.fileKind());
        }
        return switch (descriptor.family()) {
            case SocketFamily.UNIX -> "unix";
            case SocketFamily.IPV4 -> "ipv4";
            case SocketFamily.IPV6 -> source.connection().ipv4() ? "ipv4" : "ipv6";
            case SocketFamily.NETLINK -> "netlink";
            default -> NOT_APPLICABLE;
        };
    }

    private static String of(String[] names, int kind) {
        return kind >= 0 && kind < names.length ? names[kind] : names[0];
    }

    private static String typeCharacter(CurrentEvent source) {
        if (!source.hasOpenDescriptor()) {
            return EventTypes.makesFile(source.type()) ? "f" : EventTypes.makesSocket(source.type()) ? "4" : "o";
        }
        EventDescriptor descriptor = source.descriptor();
        if (descriptor.kind() != DescriptorKind.SOCKET) {
            return of(MARKS, descriptor.fileKind());
        }
        return switch (descriptor.family()) {
            case SocketFamily.UNIX -> "u";
            case SocketFamily.IPV4 -> "4";
            case SocketFamily.IPV6 -> source.connection().ipv4() ? "4" : "6";
            case SocketFamily.NETLINK -> "n";
            default -> "o";
        };
    }

    /// The tag in angle brackets in event arguments: `f`, `4t`, `6u`, `u` ...
    static String typeMark(CurrentEvent source) {
        String character = typeCharacter(source);
        if (!character.equals("4") && !character.equals("6")) {
            return character;
        }
        return switch (protocol(source)) {
            case "tcp" -> character + "t";
            case "udp" -> character + "u";
            case "icmp" -> character + "i";
            case "raw" -> character + "r";
            default -> character;
        };
    }

    private static String protocol(CurrentEvent source) {
        EventDescriptor descriptor = source.descriptor();
        if (descriptor.kind() != DescriptorKind.SOCKET || !SocketFamily.isIp(descriptor.family())) {
            return NOT_APPLICABLE;
        }
        return switch (descriptor.socketType() & 0xf) {
            case 1 -> "tcp";
            case 2 -> descriptor.protocol() == 1 || descriptor.protocol() == 58 ? "icmp" : "udp";
            case 3 -> "raw";
            default -> NOT_APPLICABLE;
        };
    }

    private static @Nullable String family(CurrentEvent source) {
        EventDescriptor descriptor = source.descriptor();
        if (descriptor.kind() != DescriptorKind.SOCKET) {
            return null;
        }
        return SocketFamily.isIp(descriptor.family()) ? "ip" : descriptor.family() == SocketFamily.UNIX ? "unix" : null;
    }

    static boolean isSocket(CurrentEvent source) {
        return source.descriptor().kind() == DescriptorKind.SOCKET && family(source) != null;
    }

    private static boolean isFile(CurrentEvent source) {
        return type(source).equals("file");
    }

    private static boolean isDirectory(CurrentEvent source) {
        return source.descriptor().kind() == DescriptorKind.FILE
                && source.descriptor().fileKind() == DIRECTORY;
    }

    static boolean isFileOrDirectory(CurrentEvent source) {
        return isFile(source) || isDirectory(source);
    }

    /// `evt.category` of an I/O call, by kind of descriptor.
    static String category(CurrentEvent source) {
        if (!source.hasOpenDescriptor()) {
            return "unknown";
        }
        if (isFileOrDirectory(source)) {
            return "file";
        }
        boolean ip = source.descriptor().kind() == DescriptorKind.SOCKET
                && SocketFamily.isIp(source.descriptor().family());
        return ip ? "net" : type(source).equals(NOT_APPLICABLE) ? "unknown" : "ipc";
    }

    private void names() {
        fields.text("fd.name", s -> s.hasDescriptor() ? name(s) : null);
        fields.text("fd.nameraw", DescriptorFields::rawName);
        fields.text("fd.directory", DescriptorFields::directory);
        fields.text("fd.filename", s -> s.hasOpenDescriptor() && isFile(s) ? fileName(s) : null);
        fields.text("fd.containername", s -> s.hasDescriptor() ? ContainerFields.id(s) + ":" + name(s) : null);
        fields.text("fd.containerdirectory", s -> {
            String directory = directory(s);
            return directory == null ? null : ContainerFields.id(s) + ":" + directory;
        });
    }

    /// Path of the file, ends of the connection, or nothing.
    static String name(CurrentEvent source) {
        EventDescriptor descriptor = source.descriptor();
        return switch (descriptor.kind()) {
            case NONE -> pathOfFailedCall(source);
            case FILE -> {
                String path = source.descriptorPath();
                yield path.isEmpty() && descriptor.number() < 0 ? pathOfFailedCall(source) : path;
            }
            case SOCKET -> descriptor.family() == SocketFamily.UNIX ? unixName(source) : source.connectionText();
        };
    }

    /// Falco prints kernel addresses of both ends here; we do not collect them.
    private static String unixName(CurrentEvent source) {
        String path = source.descriptorPath();
        return path.isEmpty() ? "" : Long.toHexString(source.descriptor().inode()) + "->0 " + path;
    }

    private static String pathOfFailedCall(CurrentEvent source) {
        String path = source.path(0);
        if (path != null) {
            return path;
        }
        String raw = EventPaths.firstRaw(source);
        return raw == null ? "" : raw;
    }

    private static @Nullable String rawName(CurrentEvent source) {
        if (!source.hasDescriptor()) {
            return null;
        }
        String raw = EventTypes.makesFile(source.type()) ? EventPaths.firstRaw(source) : null;
        if (raw != null) {
            return Paths.singleSlashes(raw);
        }
        return source.descriptor().kind() == DescriptorKind.FILE ? source.descriptorPath() : null;
    }

    private static @Nullable String directory(CurrentEvent source) {
        if (!source.hasDescriptor()) {
            return null;
        }
        if (!source.hasOpenDescriptor()) {
            return directoryOf(source, name(source));
        }
        return isFile(source) ? directoryOf(source, name(source)) : isDirectory(source) ? name(source) : null;
    }

    private static String directoryOf(CurrentEvent source, String path) {
        int end = Paths.directoryEnd(path);
        return end == 0 ? "/" : source.part(path, 0, end);
    }

    private static String fileName(CurrentEvent source) {
        String path = name(source);
        int start = Paths.fileNameStart(path);
        return start < 0 ? "/" : source.part(path, start, path.length());
    }

    private void addresses() {
        fields.add("fd.ip", new EitherAddress());
        fields.add("fd.cip", Extractor.address(s -> s.connection().client()));
        fields.add("fd.sip", Extractor.address(s -> s.connection().serverAddress()));
        fields.add("fd.lip", Extractor.address(s -> s.connection().local()));
        fields.add("fd.rip", Extractor.address(s -> s.connection().remote()));
    }

    private void networks() {
        fields.add("fd.net", new EitherAddress());
        fields.add("fd.cnet", Extractor.address(s -> s.connection().client()));
        fields.add("fd.snet", Extractor.address(s -> s.connection().serverAddress()));
        fields.add("fd.lnet", Extractor.address(s -> s.connection().local()));
        fields.add("fd.rnet", Extractor.address(s -> s.connection().remote()));
    }

    private void ports() {
        fields.add("fd.port", new EitherPort());
        fields.add("fd.proto", new EitherPort());
        fields.number("fd.cport", s -> s.connection().clientPort());
        fields.number("fd.sport", s -> s.connection().serverPort());
        fields.number("fd.lport", s -> s.connection().localPort());
        fields.number("fd.rport", s -> s.connection().remotePort());
        portName("fd.cproto", s -> (int) s.connection().clientPort());
        portName("fd.sproto", s -> (int) s.connection().serverPort());
        portName("fd.lproto", s -> (int) s.connection().localPort());
        portName("fd.rproto", s -> (int) s.connection().remotePort());
    }

    /// The port number; like Falco, service names are not looked up.
    private void portName(String field, ToIntFunction<CurrentEvent> port) {
        fields.text(field, s -> s.connection().pair() ? Integer.toString(port.applyAsInt(s)) : null);
    }

    private void states() {
        fields.flag("fd.is_server", s -> s.hasOpenDescriptor() ? Extractor.bit(isServer(s)) : CurrentEvent.ABSENT);
        fields.flag(
                "fd.connected",
                s -> s.hasOpenDescriptor() ? Extractor.bit(s.descriptor().connected()) : CurrentEvent.ABSENT);
        fields.flag(
                "fd.name_changed", s -> s.hasOpenDescriptor() ? Extractor.bit(nameChanged(s)) : CurrentEvent.ABSENT);
        fields.flag("fd.is_upper_layer", s -> layer(s, UPPER_LAYER));
        fields.flag("fd.is_lower_layer", s -> layer(s, LOWER_LAYER));
    }

    private static boolean isServer(CurrentEvent source) {
        return source.connection().form() == Connection.Form.LISTENING
                || (source.connection().pair() && source.connection().server());
    }

    /// A new descriptor has a new name if it has any; a datagram with an explicit peer on an unconnected socket changes
    /// the name; so does connecting.
    private static boolean nameChanged(CurrentEvent source) {
        if (source.is(EventType.CONNECT)) {
            return true;
        }
        if (EventTypes.makesDescriptor(source.type()) || source.is(EventType.MEMFD_CREATE)) {
            return !name(source).isEmpty();
        }
        boolean datagram = source.is(EventType.SENDTO)
                || source.is(EventType.SENDMSG)
                || source.is(EventType.SENDMMSG)
                || source.is(EventType.RECVFROM)
                || source.is(EventType.RECVMSG)
                || source.is(EventType.RECVMMSG);
        return datagram
                && !source.descriptor().connected()
                && source.connection().pair();
    }

    private static long layer(CurrentEvent source, int flag) {
        return source.hasOpenDescriptor()
                ? Extractor.bit((source.descriptor().flags() & flag) != 0)
                : CurrentEvent.ABSENT;
    }

    /// Device numbers are as stat(2) gives them.
    private void inodes() {
        fields.add(
                "fd.dev",
                Extractor.hexadecimal(
                        s -> s.hasKnownFile() ? s.descriptor().device() : CurrentEvent.ABSENT));
        fields.number(
                "fd.dev.major",
                s -> s.hasKnownFile() ? (s.descriptor().device() >> 8) & 0xfff : CurrentEvent.ABSENT);
        fields.number("fd.dev.minor", s -> {
            long device = s.descriptor().device();
            return s.hasKnownFile() ? (device & 0xff) | ((device >> 12) & 0xfff00) : CurrentEvent.ABSENT;
        });
        fields.number("fd.ino", s -> s.hasKnownFile() ? s.descriptor().inode() : CurrentEvent.ABSENT);
    }
}
