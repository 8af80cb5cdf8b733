package org.pgmjms.provider.selector;

/** The kinds of words and signs of the selector language, as error messages name them. */
enum TokenKind {
    IDENTIFIER("an identifier"),
    STRING("a string in single quotes"),
    NUMBER("a number"),
    NULL("NULL"),
    TRUE("TRUE"),
    FALSE("FALSE"),
    NOT("NOT"),
    AND("AND"),
    OR("OR"),
    BETWEEN("BETWEEN"),
    LIKE("LIKE"),
    IN("IN"),
    IS("IS"),
    ESCAPE("ESCAPE"),
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDED_BY("/"),
    OPEN("("),
    CLOSE(")"),
    COMMA(","),
    END("the end");

    private final String text;

    TokenKind(String text) {
        this.text = text;
    }

    /** Whether it is written in letters that nothing else may be called. */
    boolean isReservedWord() {
        return ordinal() >= NULL.ordinal() && ordinal() <= ESCAPE.ordinal();
    }

    @Override
    public String toString() {
        return text;
    }
}
