package dev.tiercel.rules;

/// A problem in a condition or output, before it is known whether the rule is skipped for it.
///
/// @param unknown the name of a field or event type is unknown, which `skip-if-unknown-filter` forgives
/// @param item what it was found in
record Finding(Code code, String message, Place place, String hint, boolean unknown, Diagnostic.Item item) {

    static Finding error(String message, Place place) {
        return new Finding(Code.LOAD_ERR_COMPILE_CONDITION, message, place, "", false, Diagnostic.Item.NONE);
    }

    static Finding warning(Code code, String message, Place place) {
        return new Finding(code, message, place, "", false, Diagnostic.Item.NONE);
    }

    static Finding unknown(String message, Place place, String hint) {
        return new Finding(Code.LOAD_ERR_COMPILE_CONDITION, message, place, hint, true, Diagnostic.Item.NONE);
    }

    Finding in(Diagnostic.Item where) {
        return new Finding(code, message, place, hint, unknown, where);
    }

    boolean isError() {
        return code.severity() == Severity.ERROR;
    }
}
