package org.pgmjms.engine.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kinds of values that settings have, and how they are written: {@code 25us}, {@code 16MiB}, {@code 1Gbit/s},
 * {@code 50%}. Every value is a {@code long} in the base unit of its kind. Case does not matter.
 */
public enum Quantity {
    /** A time, in nanoseconds; a bare number is milliseconds. */
    DURATION(
            "a duration such as 25us, 250ms, 10s or 5min",
            "1000000",
            List.of(
                    unit("d", 86_400_000_000_000L),
                    unit("h", 3_600_000_000_000L),
                    unit("min", 60_000_000_000L),
                    unit("s", 1_000_000_000),
                    unit("ms", 1_000_000),
                    unit("us", 1_000),
                    unit("\u00b5s", 1_000),
                    unit("ns", 1))),
    /** An amount of memory, in bytes; a bare number is bytes. */
    SIZE(
            "a size such as 1500, 64KiB or 16MiB",
            "1",
            List.of(
                    unit("GiB", 1L << 30),
                    unit("MiB", 1L << 20),
                    unit("KiB", 1L << 10),
                    unit("GB", 1_000_000_000),
                    unit("MB", 1_000_000),
                    unit("kB", 1_000),
                    unit("B", 1))),
    /** A rate, in bytes a second; a bare number is bits a second. */
    RATE(
            "a rate such as 100Mbit/s, 1Gbit/s or 12MB/s",
            "0.125",
            List.of(
                    unit("Gbit/s", 125_000_000),
                    unit("Mbit/s", 125_000),
                    unit("kbit/s", 125),
                    unit("GiB/s", 1L << 30),
                    unit("MiB/s", 1L << 20),
                    unit("KiB/s", 1L << 10),
                    unit("GB/s", 1_000_000_000),
                    unit("MB/s", 1_000_000),
                    unit("kB/s", 1_000),
                    unit("B/s", 1))),
    /** A share, in millionths; a bare number is per cent. */
    PERCENT("a percentage such as 5 or 0.1", "10000", List.of(unit("%", 10_000))),
    /** A number of things. */
    COUNT("a whole number", "1", List.of()),
    /** Yes (1) or no (0). */
    FLAG("true or false", "1", List.of()),
    /** Anything else; the setting says what. Has no numeric value. */
    TEXT("text", "1", List.of());

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?([^\\d .]*)");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final String example;
    private final BigDecimal bareFactor;
    private final List<Unit> units;

    Quantity(String example, String bareFactor, List<Unit> units) {
        this.example = example;
        this.bareFactor = new BigDecimal(bareFactor);
        this.units = units;
    }

    /** What a value looks like, for messages: "a duration such as 25us, 250ms, 10s or 5min". */
    public String example() {
        return example;
    }

    /**
     * Reads a value.
     *
     * @return the value in the base unit
     * @throws IllegalArgumentException when the text is not of this kind; the message says what is
     */
    public long parse(String text) {
        String trimmed = text.trim();
        if (this == FLAG) {
            return parseFlag(trimmed);
        }
        Matcher matcher = NUMBER_AND_UNIT.matcher(trimmed);
        if (this == TEXT || !matcher.matches()) {
            throw refused();
        }
        BigDecimal value = new BigDecimal(matcher.group(1)).multiply(factor(matcher.group(2)));
        boolean fraction = value.stripTrailingZeros().scale() > 0;
        if (value.compareTo(MOST) > 0 || this == COUNT && fraction) {
            throw refused();
        }
        return value.longValue();
    }

    /** Writes a value with the largest unit in which it is a whole number. */
    public String format(long value) {
        if (this == FLAG) {
            return value == 0 ? "false" : "true";
        }
        if (this == PERCENT) {
            return BigDecimal.valueOf(value, 4).stripTrailingZeros().toPlainString();
        }
        for (Unit unit : units) {
            if (value % unit.factor == 0 && value != 0) {
                return value / unit.factor + unit.name;
            }
        }
        return Long.toString(value);
    }

    private long parseFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> 1;
            case "false" -> 0;
            default -> throw refused();
        };
    }

    private BigDecimal factor(String unitName) {
        boolean bit = this == RATE && unitName.equalsIgnoreCase("bit/s");
        if (unitName.isEmpty() || bit) {
            return bareFactor;
        }
        for (Unit unit : units) {
            if (unit.name.equalsIgnoreCase(unitName)) {
                return BigDecimal.valueOf(unit.factor);
            }
        }
        throw refused();
    }

    private IllegalArgumentException refused() {
        return new IllegalArgumentException("expected " + example);
    }

    private static Unit unit(String name, long factor) {
        return new Unit(name, factor);
    }

    private record Unit(String name, long factor) {}
}
