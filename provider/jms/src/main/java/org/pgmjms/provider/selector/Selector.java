package org.pgmjms.provider.selector;

import java.util.Map;

/**
 * A message selector, checked and ready to be applied. Jakarta Messaging 3.1, section 3.8.1. Immutable; safe for any
 * thread.
 */
public final class Selector {
    /** How many characters a selector may have. */
    public static final int MAX_LENGTH = 8192;

    /** How deep parentheses, {@code NOT} and signs may be nested. */
    public static final int MAX_DEPTH = 64;

    private final String text;
    private final Expression condition;

    private Selector(String text, Expression condition) {
        this.text = text;
        this.condition = condition;
    }

    /** Reads a selector; what can be known to be wrong without a message is refused here. */
    public static Selector parse(String text) throws SelectorSyntaxException {
        return new Selector(text, Parser.parse(text));
    }

    /** Whether the selector is true for a message: neither false nor unknown. Never throws. */
    public boolean matches(SelectorSubject subject) {
        return Boolean.TRUE.equals(condition.evaluate(subject));
    }

    /** The text with other names for some identifiers, by those that it has. */
    public String withNames(Map<String, String> names) {
        StringBuilder renamed = new StringBuilder(text.length());
        int copied = 0;
        Lexer lexer = new Lexer(text);
        try {
            for (Token token = lexer.next(); token.kind() != TokenKind.END; token = lexer.next()) {
                String name = token.kind() == TokenKind.IDENTIFIER ? names.get(token.text()) : null;
                if (name != null) {
                    renamed.append(text, copied, token.position()).append(name);
                    copied = token.position() + token.text().length();
                }
            }
        } catch (SelectorSyntaxException e) {
            throw new IllegalStateException("It was read before", e);
        }
        return renamed.append(text, copied, text.length()).toString();
    }

    /** The text it was read from. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
