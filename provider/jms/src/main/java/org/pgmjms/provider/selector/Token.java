package org.pgmjms.provider.selector;

/**
 * One word or sign of a selector.
 *
 * @param kind what it is
 * @param text as written; of a string what is between the quotes, with doubled ones made single
 * @param position the index of its first character
 */
record Token(TokenKind kind, String text, int position) {
    private static final int LONGEST_SHOWN = 40;

    /** How an error message calls it. */
    String shown() {
        if (kind == TokenKind.END) {
            return kind.toString();
        }
        return "'" + (text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…") + "'";
    }
}
