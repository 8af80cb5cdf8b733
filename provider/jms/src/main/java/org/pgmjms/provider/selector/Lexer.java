package org.pgmjms.provider.selector;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Cuts a selector into words and signs. Jakarta Messaging 3.1, section 3.8.1.1. One use each. */
final class Lexer {
    private static final Map<String, TokenKind> RESERVED_WORDS = Arrays.stream(TokenKind.values())
            .filter(TokenKind::isReservedWord)
            .collect(Collectors.toUnmodifiableMap(TokenKind::toString, kind -> kind));

    private final String selector;
    private int at;

    Lexer(String selector) {
        this.selector = selector;
    }

    /** The next word or sign; {@link TokenKind#END} when there is none. */
    Token next() throws SelectorSyntaxException {
        while (at < selector.length() && isWhitespace(selector.charAt(at))) {
            at++;
        }
        if (at == selector.length()) {
            return new Token(TokenKind.END, "", at);
        }
        char first = selector.charAt(at);
        if (first == '\'') {
            return string();
        }
        if (isDigit(first) || first == '.' && isDigit(charAt(at + 1))) {
            return number();
        }
        return Character.isJavaIdentifierStart(selector.codePointAt(at)) ? word() : sign();
    }

    /** Java's white space: no other character separates. */
    private static boolean isWhitespace(char c) {
        return c == ' ' || c == '\t' || c == '\f' || c == '\r' || c == '\n';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The character at an index; a blank past the end. */
    private char charAt(int index) {
        return index < selector.length() ? selector.charAt(index) : ' ';
    }

    private Token string() throws SelectorSyntaxException {
        int start = at++;
        StringBuilder text = new StringBuilder();
        while (at < selector.length()) {
            char c = selector.charAt(at++);
            if (c != '\'') {
                text.append(c);
            } else if (charAt(at) == '\'') {
                text.append(c);
                at++;
            } else {
                return new Token(TokenKind.STRING, text.toString(), start);
            }
        }
        throw new SelectorSyntaxException(start, "the string has no closing quote");
    }

    /** Everything that could belong to a number: what is none is refused as a whole when it is read. */
    private Token number() {
        int start = at;
        boolean isHex = charAt(at) == '0' && (charAt(at + 1) | 0x20) == 'x';
        char exponent = isHex ? 'p' : 'e';
        while (charAt(at) == '.' || isIdentifierPart()) {
            boolean isExponent = (charAt(at) | 0x20) == exponent;
            at += Character.charCount(selector.codePointAt(at));
            if (isExponent && (charAt(at) == '+' || charAt(at) == '-') && isDigit(charAt(at + 1))) {
                at++;
            }
        }
        return new Token(TokenKind.NUMBER, selector.substring(start, at), start);
    }

    private boolean isIdentifierPart() {
        return at < selector.length() && Character.isJavaIdentifierPart(selector.codePointAt(at));
    }

    private Token word() {
        int start = at;
        while (isIdentifierPart()) {
            at += Character.charCount(selector.codePointAt(at));
        }
        String word = selector.substring(start, at);
        return new Token(reservedWord(word), word, start);
    }

    /** Case does not matter, but only of ASCII letters: a dotless i is no I. */
    private static TokenKind reservedWord(String word) {
        boolean isAscii = word.chars().allMatch(c -> c < 0x80);
        return isAscii
                ? RESERVED_WORDS.getOrDefault(word.toUpperCase(Locale.ROOT), TokenKind.IDENTIFIER)
                : TokenKind.IDENTIFIER;
    }

    private Token sign() throws SelectorSyntaxException {
        TokenKind kind = switch (selector.charAt(at)) {
            case '=' -> TokenKind.EQUAL;
            case '<' -> {
                char next = charAt(at + 1);
                yield next == '>' ? TokenKind.NOT_EQUAL : next == '=' ? TokenKind.LESS_OR_EQUAL : TokenKind.LESS;
            }
            case '>' -> charAt(at + 1) == '=' ? TokenKind.GREATER_OR_EQUAL : TokenKind.GREATER;
            case '+' -> TokenKind.PLUS;
            case '-' -> TokenKind.MINUS;
            case '*' -> TokenKind.TIMES;
            case '/' -> TokenKind.DIVIDED_BY;
            case '(' -> TokenKind.OPEN;
            case ')' -> TokenKind.CLOSE;
            case ',' -> TokenKind.COMMA;
            default -> throw unknownCharacter();
        };
        Token token = new Token(kind, kind.toString(), at);
        at += kind.toString().length();
        return token;
    }

    private SelectorSyntaxException unknownCharacter() {
        return new SelectorSyntaxException(
                at, "'" + Character.toString(selector.codePointAt(at)) + "' does not belong to the selector language");
    }
}
