package dev.tiercel.schemas;

import java.util.Locale;

/// Category of an event type, in Falco's terms (`evt.category`).
public enum EventCategory {
    FILE("calls on files and directories"),
    NET("calls on the network"),
    IPC("calls between processes"),
    MEMORY("calls on memory"),
    PROCESS("life and rights of processes"),
    SLEEP("sleeping"),
    SYSTEM("the machine"),
    SIGNAL("signals"),
    USER("users and groups"),
    TIME("clocks"),
    IO_READ("reading"),
    IO_WRITE("writing"),
    IO_OTHER("descriptors, other than reading and writing"),
    WAIT("waiting for descriptors"),
    SCHEDULER("the scheduler"),
    INTERNAL("the sensor itself"),
    OTHER("anything else");

    private final String text;

    EventCategory(String text) {
        this.text = text;
    }

    /// The name in rules: `io_read`.
    String categoryName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// A short description.
    String text() {
        return text;
    }
}
