package io.quorate.sql.type;

import java.math.BigDecimal;

/// A value of type numeric: a decimal with the number of digits to show after the point (its
/// `BigDecimal` scale, never negative), NaN or an infinity.
public final class Numeric {
    private final BigDecimal value;

    private Numeric(BigDecimal value) {
        this.value = value;
    }

    public static Numeric of(long value) {
        return new Numeric(BigDecimal.valueOf(value));
    }

    /// A negative scale becomes zero.
    public static Numeric of(BigDecimal value) {
        return new Numeric(value.scale() < 0 ? value.setScale(0) : value);
    }

    /// Not for NaN and the infinities.
    public BigDecimal toBigDecimal() {
        return value;
    }
}
