package org.pgmjms.provider.selector;

/** What two numbers are joined by. */
enum ArithmeticOperator {
    PLUS,
    MINUS,
    TIMES,
    DIVIDED_BY
}
