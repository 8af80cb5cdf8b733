package org.pgmjms.provider.selector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a selector. Immutable. Its value is a {@code Boolean}, a {@code Number} of one of Java's six types, a
 * {@code String}, or null, which is SQL's NULL and its truth value "unknown" at the same time.
 */
sealed interface Expression {
    /** The value for a message. Never throws: what cannot be calculated is null. */
    @Nullable Object evaluate(SelectorSubject subject);

    /** What the value will be, unless it is null. */
    ValueType type();

    /** A value that is written in the selector. */
    record Literal(Object value) implements Expression {
        @Override
        public Object evaluate(SelectorSubject subject) {
            return value;
        }

        @Override
        public ValueType type() {
            if (value instanceof Boolean) {
                return ValueType.BOOLEAN;
            }
            return value instanceof String ? ValueType.TEXT : ValueType.NUMBER;
        }
    }

    /** A header field or a property. */
    record Identifier(String name) implements Expression {
        /** The header fields that selectors may use. */
        static final List<String> HEADER_FIELDS = List.of(
                "JMSDeliveryMode", "JMSPriority", "JMSMessageID", "JMSTimestamp", "JMSCorrelationID", "JMSType");

        /** Whether it is one of those header fields, or a property: of Jakarta Messaging, a vendor or an application. */
        static boolean isAllowed(String name) {
            return !name.startsWith("JMS")
                    || name.startsWith("JMSX")
                    || name.startsWith("JMS_")
                    || HEADER_FIELDS.contains(name);
        }

        @Override
        public @Nullable Object evaluate(SelectorSubject subject) {
            return subject.value(name);
        }

        @Override
        public ValueType type() {
            return switch (name) {
                case "JMSPriority", "JMSTimestamp" -> ValueType.NUMBER;
                case "JMSDeliveryMode", "JMSMessageID", "JMSCorrelationID", "JMSType" -> ValueType.TEXT;
                default -> ValueType.ANY;
            };
        }
    }

    /** {@code +x} or {@code -x}. */
    record Signed(boolean isNegative, Expression operand) implements Expression {
        @Override
        public @Nullable Object evaluate(SelectorSubject subject) {
            return operand.evaluate(subject) instanceof Number number ? Numbers.signed(isNegative, number) : null;
        }

        @Override
        public ValueType type() {
            return ValueType.NUMBER;
        }
    }

    /** {@code first + x - y …} or {@code first * x / y …}, from left to right. */
    record Arithmetic(Expression first, List<Step> steps) implements Expression {
        public Arithmetic {
            steps = List.copyOf(steps);
        }

        /** An operator and what stands on its right. */
        record Step(ArithmeticOperator operator, Expression operand) {}

        @Override
        public @Nullable Object evaluate(SelectorSubject subject) {
            Object result = first.evaluate(subject);
            for (Step step : steps) {
                if (!(result instanceof Number left && step.operand.evaluate(subject) instanceof Number right)) {
                    return null;
                }
                result = Numbers.calculate(left, step.operator, right);
            }
            return result;
        }

        @Override
        public ValueType type() {
            return ValueType.NUMBER;
        }
    }

    /** What is true, false or unknown (null). */
    sealed interface Condition extends Expression permits Junction, Not, Comparison, Between, In, Like, IsNull {
        @Override
        @Nullable Boolean evaluate(SelectorSubject subject);

        @Override
        default ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /**
     * {@code a AND b AND …} or {@code a OR b OR …}. One operand that is {@code decisive} makes the value that; else one
     * that is unknown, or no boolean at all, makes it unknown. Tables 3-4 and 3-5.
     */
    record Junction(boolean decisive, List<Expression> operands) implements Condition {
        public Junction {
            operands = List.copyOf(operands);
        }

        static Junction and(List<Expression> operands) {
            return new Junction(false, operands);
        }

        static Junction or(List<Expression> operands) {
            return new Junction(true, operands);
        }

        @Override
        public @Nullable Boolean evaluate(SelectorSubject subject) {
            boolean isUnknown = false;
            for (Expression operand : operands) {
                if (!(operand.evaluate(subject) instanceof Boolean truth)) {
                    isUnknown = true;
                } else if (truth == decisive) {
                    return decisive;
                }
            }
            return isUnknown ? null : Boolean.valueOf(!decisive);
        }
    }

    /** Table 3-6. */
    record Not(Expression operand) implements Condition {
        @Override
        public @Nullable Boolean evaluate(SelectorSubject subject) {
            return operand.evaluate(subject) instanceof Boolean truth ? Boolean.valueOf(!truth) : null;
        }
    }

    /** {@code left = right} and the like. */
    record Comparison(Expression left, ComparisonOperator operator, Expression right) implements Condition {
        @Override
        public @Nullable Boolean evaluate(SelectorSubject subject) {
            return operator.compare(left.evaluate(subject), right.evaluate(subject));
        }
    }

    /** {@code x BETWEEN low AND high}: as two comparisons, but {@code x} is evaluated once. */
    record Between(Expression operand, Expression low, Expression high, boolean isNegated) implements Condition {
        @Override
        public @Nullable Boolean evaluate(SelectorSubject subject) {
            Object value = operand.evaluate(subject);
            Boolean first = (isNegated ? ComparisonOperator.LESS : ComparisonOperator.GREATER_OR_EQUAL)
                    .compare(value, low.evaluate(subject));
            Boolean second = (isNegated ? ComparisonOperator.GREATER : ComparisonOperator.LESS_OR_EQUAL)
                    .compare(value, high.evaluate(subject));
            boolean decisive = isNegated;
            if (first != null && first == decisive || second != null && second == decisive) {
                return decisive;
            }
            return first == null || second == null ? null : Boolean.valueOf(!decisive);
        }
    }

    /** {@code x IN ('a', 'b')}; unknown for what is no string. */
    record In(Identifier identifier, List<String> values, boolean isNegated) implements Condition {
        public In {
            values = List.copyOf(values);
        }

        @Override
        public @Nullable Boolean evaluate(SelectorSubject subject) {
            return identifier.evaluate(subject) instanceof String text
                    ? Boolean.valueOf(values.contains(text) != isNegated)
                    : null;
        }
    }

    /** {@code x LIKE 'pattern'}; unknown for what is no string. */
    record Like(Identifier identifier, LikePattern pattern, boolean isNegated) implements Condition {
        @Override
        public @Nullable Boolean evaluate(SelectorSubject subject) {
            return identifier.evaluate(subject) instanceof String text
                    ? Boolean.valueOf(pattern.matches(text) != isNegated)
                    : null;
        }
    }

    /** {@code x IS NULL}, never unknown. */
    record IsNull(Identifier identifier, boolean isNegated) implements Condition {
        @Override
        public Boolean evaluate(SelectorSubject subject) {
            return (identifier.evaluate(subject) == null) != isNegated;
        }
    }
}
