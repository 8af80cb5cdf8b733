package org.pgmjms.provider.selector;

import java.util.regex.Pattern;

/**
 * Numbers as Java writes them: decimal, hexadecimal, octal and binary integers, and floating-point numbers of both
 * radices. Java Language Specification, sections 3.10.1 and 3.10.2. One thing is wider, as Jakarta Messaging wants all
 * numbers of the range of {@code long}: an integer too large for {@code int} needs no {@code L}.
 */
final class NumericLiteral {
    private static final String DIGITS = "\\d(?:[\\d_]*\\d)?";
    private static final String HEX_DIGITS = "\\p{XDigit}(?:[\\p{XDigit}_]*\\p{XDigit})?";

    private static final Pattern DECIMAL = Pattern.compile("-?(?:0|[1-9](?:[\\d_]*\\d)?)[lL]?");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX]" + HEX_DIGITS + "[lL]?");
    private static final Pattern OCTAL = Pattern.compile("0[0-7_]*[0-7][lL]?");
    private static final Pattern BINARY = Pattern.compile("0[bB][01](?:[01_]*[01])?[lL]?");
    private static final String EXPONENT = "[eE][+-]?" + DIGITS;
    private static final Pattern APPROXIMATE = Pattern.compile("(?:(?:" + DIGITS + "\\.(?:" + DIGITS + ")?|\\." + DIGITS
            + ")(?:" + EXPONENT + ")?[fFdD]?|" + DIGITS + EXPONENT + "[fFdD]?|" + DIGITS + "[fFdD])");
    private static final Pattern HEX_APPROXIMATE = Pattern.compile("0[xX](?:" + HEX_DIGITS + "\\.?|(?:" + HEX_DIGITS
            + ")?\\." + HEX_DIGITS + ")[pP][+-]?" + DIGITS + "[fFdD]?");
    private static final Pattern ONLY_ZEROS = Pattern.compile("(?:0[xX])?[0._]*(?:[eEpP].*)?[fFdD]?");

    private static final int MAX_UNSIGNED_INT_BITS = 32;

    private NumericLiteral() {}

    /** Whether a decimal integer is written here, which may take a sign into its range. */
    static boolean isDecimalInteger(String text) {
        return DECIMAL.matcher(text).matches();
    }

    /**
     * The value of a literal.
     *
     * @throws NumberFormatException with a sentence for the user
     */
    static Number parse(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return decimal(text);
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return unsigned(text, 2, 16);
        }
        if (BINARY.matcher(text).matches()) {
            return unsigned(text, 2, 2);
        }
        if (OCTAL.matcher(text).matches()) {
            return unsigned(text, 1, 8);
        }
        if (APPROXIMATE.matcher(text).matches() || HEX_APPROXIMATE.matcher(text).matches()) {
            return approximate(text.replace("_", ""));
        }
        throw new NumberFormatException("'" + text + "' is not a Java integer or floating-point literal");
    }

    private static Number decimal(String text) {
        boolean isLong = isLong(text);
        try {
            long value = Long.parseLong(digits(text, 0, isLong));
            return narrow(value, isLong || value != (int) value);
        } catch (NumberFormatException e) {
            throw outOfRange(text, "long");
        }
    }

    /** As in Java, the highest bit written is the sign. */
    private static Number unsigned(String text, int prefix, int radix) {
        boolean isLong = isLong(text);
        try {
            long value = Long.parseUnsignedLong(digits(text, prefix, isLong), radix);
            return narrow(value, isLong || value >>> MAX_UNSIGNED_INT_BITS != 0);
        } catch (NumberFormatException e) {
            throw outOfRange(text, "long");
        }
    }

    private static boolean isLong(String text) {
        return text.endsWith("L") || text.endsWith("l");
    }

    private static String digits(String text, int prefix, boolean hasSuffix) {
        return text.substring(prefix, text.length() - (hasSuffix ? 1 : 0)).replace("_", "");
    }

    private static Number narrow(long value, boolean isLong) {
        return isLong ? (Number) value : (Number) (int) value;
    }

    private static Number approximate(String text) {
        boolean isFloat = text.endsWith("f") || text.endsWith("F");
        Number value = isFloat ? (Number) Float.parseFloat(text) : (Number) Double.parseDouble(text);
        boolean vanished = value.doubleValue() == 0 && !ONLY_ZEROS.matcher(text).matches();
        if (Double.isInfinite(value.doubleValue()) || vanished) {
            throw outOfRange(text, isFloat ? "float" : "double");
        }
        return value;
    }

    private static NumberFormatException outOfRange(String text, String type) {
        return new NumberFormatException("'" + text + "' is outside the range of " + type);
    }
}
