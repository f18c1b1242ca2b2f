package io.quorate.sql.type;

import java.time.ZoneId;

/// What the conversions between values and text take from the session. Immutable; a session makes
/// a new one when a setting changes and when a transaction starts.
///
/// @param zone `TimeZone`: how timestamptz is read and shown
/// @param dateOrder the second half of `DateStyle`: how `1/2/2003` is read (output is always ISO)
/// @param extraFloatDigits `extra_float_digits`: above 0 the shortest exact digits, else fewer
/// @param byteaHex `bytea_output` is `hex`, not `escape`
/// @param transactionMicros the transaction's start, for the inputs `now`, `today`, `tomorrow`;
///     microseconds since 2000-01-01 UTC
/// @param names what the `reg…` types are called
public record SessionFormat(
        ZoneId zone,
        DateOrder dateOrder,
        int extraFloatDigits,
        boolean byteaHex,
        long transactionMicros,
        ObjectNames names) {

    /// The order of day and month in a date of three numbers.
    public enum DateOrder {
        MDY,
        DMY,
        YMD
    }

    /// UTC and the defaults of the settings; for tests and for conversions that no session asked
    /// for.
    public static final SessionFormat DEFAULT =
            new SessionFormat(ZoneId.of("UTC"), DateOrder.MDY, 1, true, 0, ObjectNames.NONE);

    public SessionFormat withZone(ZoneId newZone) {
        return new SessionFormat(
                newZone, dateOrder, extraFloatDigits, byteaHex, transactionMicros, names);
    }

    public SessionFormat withTransactionMicros(long micros) {
        return new SessionFormat(zone, dateOrder, extraFloatDigits, byteaHex, micros, names);
    }

    public SessionFormat withExtraFloatDigits(int digits) {
        return new SessionFormat(zone, dateOrder, digits, byteaHex, transactionMicros, names);
    }

    public SessionFormat withNames(ObjectNames newNames) {
        return new SessionFormat(
                zone, dateOrder, extraFloatDigits, byteaHex, transactionMicros, newNames);
    }
}
