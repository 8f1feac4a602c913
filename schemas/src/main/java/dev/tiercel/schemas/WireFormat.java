package dev.tiercel.schemas;

/// Confluent's framing of a value: byte 0, the schema id as four bytes big endian, then Avro binary.
final class WireFormat {

    static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {}

    static void writeHeader(byte[] record, int schemaId) {
        record[0] = MAGIC;
        record[1] = (byte) (schemaId >>> 24);
        record[2] = (byte) (schemaId >>> 16);
        record[3] = (byte) (schemaId >>> 8);
        record[4] = (byte) schemaId;
    }

    /// The schema id of a record.
    ///
    /// @throws BadRecordException if the record does not start with such a header
    static int schemaId(byte[] record) {
        if (record.length < HEADER_BYTES) {
            throw new BadRecordException(
                    BadRecordException.Reason.TOO_SHORT, "bytes=" + record.length + " where at least 5 are required");
        }
        if (record[0] != MAGIC) {
            throw new BadRecordException(
                    BadRecordException.Reason.MAGIC, "first byte is " + (record[0] & 0xff) + " where 0 is required");
        }
        return ((record[1] & 0xff) << 24) | ((record[2] & 0xff) << 16) | ((record[3] & 0xff) << 8) | (record[4] & 0xff);
    }
}
