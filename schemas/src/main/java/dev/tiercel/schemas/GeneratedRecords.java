package dev.tiercel.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/// The classes that Avro generates into dev.tiercel.schemas.avro.
final class GeneratedRecords {

    private static final String PACKAGE = "dev.tiercel.schemas.avro";
    private static boolean trusted;

    private GeneratedRecords() {}

    /// Allows Avro to instantiate them: since 1.12.2 it refuses unlisted classes. Existing entries are kept.
    static synchronized void trust() {
        if (!trusted) {
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                    ClassSecurityValidator.getGlobal(), type -> PACKAGE.equals(type.getPackageName())));
            trusted = true;
        }
    }
}
