package org.pgmjms.provider.selector;

import org.jspecify.annotations.Nullable;

/** What two values are compared by. Jakarta Messaging 3.1, section 3.8.1.1. */
enum ComparisonOperator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** Whether it needs values that have an order: numbers. */
    boolean ordersNumbers() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /**
     * Compares. Unknown (null) when a value is, and for strings and booleans that are compared by order; false for
     * values of unlike types, whatever the operator.
     */
    @Nullable Boolean compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        if (left instanceof Number x && right instanceof Number y) {
            return Numbers.compare(x, this, y);
        }
        if (left.getClass() != right.getClass()) {
            return false;
        }
        return ordersNumbers() ? null : Boolean.valueOf(left.equals(right) == (this == EQUAL));
    }

    /** Compares exact values. */
    boolean holds(long left, long right) {
        return switch (this) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
        };
    }

    /** Compares approximate values as Java does: NaN equals nothing, and the two zeros are equal. */
    boolean holds(double left, double right) {
        return switch (this) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
        };
    }
}
