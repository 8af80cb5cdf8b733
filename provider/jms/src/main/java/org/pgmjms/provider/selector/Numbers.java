package org.pgmjms.provider.selector;

import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and comparison with Java's binary numeric promotion: both operands become {@code double} if one is that,
 * else {@code float}, else {@code long}, else {@code int}. Java Language Specification, section 5.6.
 */
final class Numbers {
    private Numbers() {}

    static boolean compare(Number left, ComparisonOperator operator, Number right) {
        if (isEither(Double.class, left, right)) {
            return operator.holds(left.doubleValue(), right.doubleValue());
        }
        if (isEither(Float.class, left, right)) {
            return operator.holds((double) left.floatValue(), (double) right.floatValue());
        }
        return operator.holds(left.longValue(), right.longValue());
    }

    /** The result, overflowing as Java's does; null for a division of exact numbers by zero. */
    static @Nullable Number calculate(Number left, ArithmeticOperator operator, Number right) {
        if (isEither(Double.class, left, right)) {
            return calculate(left.doubleValue(), operator, right.doubleValue());
        }
        if (isEither(Float.class, left, right)) {
            return calculate(left.floatValue(), operator, right.floatValue());
        }
        if (operator == ArithmeticOperator.DIVIDED_BY && right.longValue() == 0) {
            return null;
        }
        return isEither(Long.class, left, right)
                ? (Number) calculate(left.longValue(), operator, right.longValue())
                : (Number) calculate(left.intValue(), operator, right.intValue());
    }

    private static boolean isEither(Class<? extends Number> type, Number left, Number right) {
        return left.getClass() == type || right.getClass() == type;
    }

    private static Double calculate(double left, ArithmeticOperator operator, double right) {
        return switch (operator) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDED_BY -> left / right;
        };
    }

    private static Float calculate(float left, ArithmeticOperator operator, float right) {
        return switch (operator) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDED_BY -> left / right;
        };
    }

    private static Long calculate(long left, ArithmeticOperator operator, long right) {
        return switch (operator) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDED_BY -> left / right;
        };
    }

    private static Integer calculate(int left, ArithmeticOperator operator, int right) {
        return switch (operator) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDED_BY -> left / right;
        };
    }

    /** {@code +x} or {@code -x}, promoted to {@code int} at least. */
    static Number signed(boolean isNegative, Number x) {
        if (x instanceof Double) {
            return isNegative ? -x.doubleValue() : x.doubleValue();
        }
        if (x instanceof Float) {
            return isNegative ? -x.floatValue() : x.floatValue();
        }
        if (x instanceof Long) {
            return isNegative ? -x.longValue() : x.longValue();
        }
        return isNegative ? -x.intValue() : x.intValue();
    }
}
