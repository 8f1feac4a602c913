package dev.tiercel.fields;

/// Type of a field's value: decides which operators, literals and accessor of [Row] apply to it.
public enum FieldType {
    BOOL(Carrier.NUMBER),
    INT8(Carrier.NUMBER),
    INT16(Carrier.NUMBER),
    INT32(Carrier.NUMBER),
    INT64(Carrier.NUMBER),
    UINT8(Carrier.NUMBER),
    UINT16(Carrier.NUMBER),
    UINT32(Carrier.NUMBER),
    UINT64(Carrier.NUMBER),
    PID(Carrier.NUMBER),
    FD(Carrier.NUMBER),
    PORT(Carrier.NUMBER),
    FLAGS(Carrier.NUMBER),
    /// A span of time in nanoseconds.
    RELTIME(Carrier.NUMBER),
    /// A moment, nanoseconds since the epoch.
    ABSTIME(Carrier.NUMBER),
    /// Carried as the bits of a double ([Double#doubleToRawLongBits]).
    DOUBLE(Carrier.NUMBER),
    STRING(Carrier.TEXT),
    FSPATH(Carrier.TEXT),
    BYTEBUF(Carrier.BYTES),
    /// 4 or 16 bytes in network order.
    IPADDR(Carrier.BYTES),
    /// An address that is compared with networks; same bytes as [#IPADDR].
    IPNET(Carrier.BYTES),
    /// The type depends on the argument, as for `evt.rawarg.*`; or is one that nothing compares with.
    DYNAMIC(Carrier.TEXT);

    /// Which accessor of [Row] carries the values of a type.
    public enum Carrier {
        NUMBER,
        TEXT,
        BYTES
    }

    private final Carrier carrier;

    FieldType(Carrier carrier) {
        this.carrier = carrier;
    }

    /// Accessor of [Row] that has the value.
    public Carrier carrier() {
        return carrier;
    }

    /// Whether values order and parse as whole numbers.
    public boolean integral() {
        return carrier == Carrier.NUMBER && this != BOOL && this != DOUBLE;
    }

    /// Whether values are whole numbers that are never negative.
    public boolean unsigned() {
        return switch (this) {
            case UINT8, UINT16, UINT32, UINT64, PORT, FLAGS, RELTIME, ABSTIME -> true;
            default -> false;
        };
    }

    /// Whether values are text.
    public boolean textual() {
        return this == STRING || this == FSPATH;
    }
}
