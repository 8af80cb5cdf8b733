package org.pgmjms.provider.selector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.selector.Expression.Arithmetic;
import org.pgmjms.provider.selector.Expression.Between;
import org.pgmjms.provider.selector.Expression.Comparison;
import org.pgmjms.provider.selector.Expression.Identifier;
import org.pgmjms.provider.selector.Expression.In;
import org.pgmjms.provider.selector.Expression.IsNull;
import org.pgmjms.provider.selector.Expression.Junction;
import org.pgmjms.provider.selector.Expression.Like;
import org.pgmjms.provider.selector.Expression.Literal;
import org.pgmjms.provider.selector.Expression.Not;
import org.pgmjms.provider.selector.Expression.Signed;

/**
 * Reads a selector by recursive descent, with one method for each level of precedence, and checks the types that are
 * known. Jakarta Messaging 3.1, section 3.8.1.1. One use each.
 *
 * <pre>
 *   disjunction  = conjunction {OR conjunction}
 *   conjunction  = negation {AND negation}
 *   negation     = NOT negation | predicate
 *   predicate    = sum [comparison sum | [NOT] BETWEEN sum AND sum]
 *                | identifier ([NOT] IN (string {, string}) | [NOT] LIKE string [ESCAPE string] | IS [NOT] NULL)
 *   sum          = product {(+|-) product}
 *   product      = signed {(*|/) signed}
 *   signed       = (+|-) signed | primary
 *   primary      = literal | identifier | ( disjunction )
 * </pre>
 */
final class Parser {
    private final Lexer lexer;
    private Token token;
    private int depth;

    private Parser(String selector) throws SelectorSyntaxException {
        lexer = new Lexer(selector);
        token = lexer.next();
    }

    static Expression parse(String selector) throws SelectorSyntaxException {
        if (selector.length() > Selector.MAX_LENGTH) {
            throw new SelectorSyntaxException(
                    Selector.MAX_LENGTH,
                    "a selector has at most " + Selector.MAX_LENGTH + " characters, this one " + selector.length());
        }
        return new Parser(selector).whole();
    }

    private Expression whole() throws SelectorSyntaxException {
        Expression condition = typed(token, disjunction(), ValueType.BOOLEAN);
        if (token.kind() != TokenKind.END) {
            throw expected("an operator or " + TokenKind.END);
        }
        return condition;
    }

    private Expression disjunction() throws SelectorSyntaxException {
        Token start = token;
        Expression first = conjunction();
        if (token.kind() != TokenKind.OR) {
            return first;
        }
        List<Expression> operands = new ArrayList<>();
        operands.add(typed(start, first, ValueType.BOOLEAN));
        while (skip(TokenKind.OR)) {
            operands.add(typed(token, conjunction(), ValueType.BOOLEAN));
        }
        return Junction.or(operands);
    }

    private Expression conjunction() throws SelectorSyntaxException {
        Token start = token;
        Expression first = negation();
        if (token.kind() != TokenKind.AND) {
            return first;
        }
        List<Expression> operands = new ArrayList<>();
        operands.add(typed(start, first, ValueType.BOOLEAN));
        while (skip(TokenKind.AND)) {
            operands.add(typed(token, negation(), ValueType.BOOLEAN));
        }
        return Junction.and(operands);
    }

    private Expression negation() throws SelectorSyntaxException {
        if (token.kind() != TokenKind.NOT) {
            return predicate();
        }
        descend();
        take();
        Expression operand = typed(token, negation(), ValueType.BOOLEAN);
        depth--;
        return new Not(operand);
    }

    private Expression predicate() throws SelectorSyntaxException {
        Token start = token;
        Expression operand = sum();
        boolean isBare = operand instanceof Identifier && start.kind() == TokenKind.IDENTIFIER;
        ComparisonOperator operator = comparisonOperator();
        if (operator != null) {
            take();
            return comparison(start, operand, operator);
        }
        if (skip(TokenKind.IS)) {
            boolean isNegated = skip(TokenKind.NOT);
            expect(TokenKind.NULL);
            return new IsNull(identifier(start, operand, isBare, "IS"), isNegated);
        }
        boolean isNegated = skip(TokenKind.NOT);
        return switch (token.kind()) {
            case BETWEEN -> between(typed(start, operand, ValueType.NUMBER), isNegated);
            case IN -> in(textIdentifier(start, operand, isBare), isNegated);
            case LIKE -> like(textIdentifier(start, operand, isBare), isNegated);
            default -> {
                if (isNegated) {
                    throw expected("BETWEEN, IN or LIKE");
                }
                yield operand;
            }
        };
    }

    private @Nullable ComparisonOperator comparisonOperator() {
        return switch (token.kind()) {
            case EQUAL -> ComparisonOperator.EQUAL;
            case NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
            case LESS -> ComparisonOperator.LESS;
            case LESS_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
            case GREATER -> ComparisonOperator.GREATER;
            case GREATER_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    private Expression comparison(Token start, Expression left, ComparisonOperator operator)
            throws SelectorSyntaxException {
        if (!operator.ordersNumbers()) {
            return new Comparison(left, operator, sum());
        }
        typed(start, left, ValueType.NUMBER);
        return new Comparison(left, operator, typed(token, sum(), ValueType.NUMBER));
    }

    private Expression between(Expression operand, boolean isNegated) throws SelectorSyntaxException {
        take();
        Expression low = typed(token, sum(), ValueType.NUMBER);
        expect(TokenKind.AND);
        Expression high = typed(token, sum(), ValueType.NUMBER);
        return new Between(operand, low, high, isNegated);
    }

    private Expression in(Identifier identifier, boolean isNegated) throws SelectorSyntaxException {
        take();
        expect(TokenKind.OPEN);
        List<String> values = new ArrayList<>();
        do {
            values.add(expect(TokenKind.STRING).text());
        } while (skip(TokenKind.COMMA));
        expect(TokenKind.CLOSE);
        return new In(identifier, values, isNegated);
    }

    private Expression like(Identifier identifier, boolean isNegated) throws SelectorSyntaxException {
        take();
        Token pattern = expect(TokenKind.STRING);
        if (pattern.text().length() > LikePattern.MAX_LENGTH) {
            throw new SelectorSyntaxException(
                    pattern.position(), "a pattern has at most " + LikePattern.MAX_LENGTH + " characters");
        }
        int escape = skip(TokenKind.ESCAPE) ? escape() : LikePattern.NO_ESCAPE;
        return new Like(identifier, new LikePattern(pattern.text(), escape), isNegated);
    }

    private int escape() throws SelectorSyntaxException {
        Token character = expect(TokenKind.STRING);
        String text = character.text();
        if (text.codePointCount(0, text.length()) != 1) {
            throw new SelectorSyntaxException(
                    character.position(), "expected a string of one character, found " + character.shown());
        }
        return text.codePointAt(0);
    }

    private Expression sum() throws SelectorSyntaxException {
        Token start = token;
        Expression first = product();
        List<Arithmetic.Step> steps = new ArrayList<>();
        while (token.kind() == TokenKind.PLUS || token.kind() == TokenKind.MINUS) {
            ArithmeticOperator operator =
                    take().kind() == TokenKind.PLUS ? ArithmeticOperator.PLUS : ArithmeticOperator.MINUS;
            steps.add(new Arithmetic.Step(operator, typed(token, product(), ValueType.NUMBER)));
        }
        return arithmetic(start, first, steps);
    }

    private Expression product() throws SelectorSyntaxException {
        Token start = token;
        Expression first = signed();
        List<Arithmetic.Step> steps = new ArrayList<>();
        while (token.kind() == TokenKind.TIMES || token.kind() == TokenKind.DIVIDED_BY) {
            ArithmeticOperator operator =
                    take().kind() == TokenKind.TIMES ? ArithmeticOperator.TIMES : ArithmeticOperator.DIVIDED_BY;
            steps.add(new Arithmetic.Step(operator, typed(token, signed(), ValueType.NUMBER)));
        }
        return arithmetic(start, first, steps);
    }

    private static Expression arithmetic(Token start, Expression first, List<Arithmetic.Step> steps)
            throws SelectorSyntaxException {
        return steps.isEmpty() ? first : new Arithmetic(typed(start, first, ValueType.NUMBER), steps);
    }

    private Expression signed() throws SelectorSyntaxException {
        if (token.kind() != TokenKind.PLUS && token.kind() != TokenKind.MINUS) {
            return primary();
        }
        boolean isNegative = take().kind() == TokenKind.MINUS;
        if (isNegative && token.kind() == TokenKind.NUMBER && NumericLiteral.isDecimalInteger(token.text())) {
            return number("-");
        }
        descend();
        Expression operand = typed(token, signed(), ValueType.NUMBER);
        depth--;
        return new Signed(isNegative, operand);
    }

    private Expression primary() throws SelectorSyntaxException {
        return switch (token.kind()) {
            case NUMBER -> number("");
            case STRING -> new Literal(take().text());
            case TRUE, FALSE -> new Literal(take().kind() == TokenKind.TRUE);
            case IDENTIFIER -> identifier();
            case OPEN -> inParentheses();
            default -> throw expected("an identifier, a literal or (");
        };
    }

    /** A number; with a sign, the least {@code int} and {@code long} can be written. */
    private Expression number(String sign) throws SelectorSyntaxException {
        try {
            Number value = NumericLiteral.parse(sign + token.text());
            take();
            return new Literal(value);
        } catch (NumberFormatException e) {
            throw new SelectorSyntaxException(token.position(), String.valueOf(e.getMessage()));
        }
    }

    private Expression identifier() throws SelectorSyntaxException {
        if (!Identifier.isAllowed(token.text())) {
            throw new SelectorSyntaxException(
                    token.position(),
                    "header field " + token.shown() + " cannot be used in a selector; those that can are "
                            + String.join(", ", Identifier.HEADER_FIELDS));
        }
        return new Identifier(take().text());
    }

    private Expression inParentheses() throws SelectorSyntaxException {
        descend();
        take();
        Expression inner = disjunction();
        expect(TokenKind.CLOSE);
        depth--;
        return inner;
    }

    private void descend() throws SelectorSyntaxException {
        if (++depth > Selector.MAX_DEPTH) {
            throw new SelectorSyntaxException(
                    token.position(), "a selector is nested at most " + Selector.MAX_DEPTH + " deep");
        }
    }

    private static Expression typed(Token start, Expression expression, ValueType wanted)
            throws SelectorSyntaxException {
        if (!expression.type().canBe(wanted)) {
            throw new SelectorSyntaxException(
                    start.position(), "expected " + wanted + ", found " + expression.type() + " at " + start.shown());
        }
        return expression;
    }

    private Identifier textIdentifier(Token start, Expression operand, boolean isBare) throws SelectorSyntaxException {
        Identifier identifier = identifier(start, operand, isBare, token.text());
        typed(start, identifier, ValueType.TEXT);
        return identifier;
    }

    private static Identifier identifier(Token start, Expression operand, boolean isBare, String before)
            throws SelectorSyntaxException {
        if (isBare && operand instanceof Identifier identifier) {
            return identifier;
        }
        throw new SelectorSyntaxException(
                start.position(), "expected an identifier before " + before + ", found " + start.shown());
    }

    private Token take() throws SelectorSyntaxException {
        Token taken = token;
        token = lexer.next();
        return taken;
    }

    private boolean skip(TokenKind kind) throws SelectorSyntaxException {
        if (token.kind() != kind) {
            return false;
        }
        take();
        return true;
    }

    private Token expect(TokenKind kind) throws SelectorSyntaxException {
        if (token.kind() != kind) {
            throw expected(kind.toString());
        }
        return take();
    }

    private SelectorSyntaxException expected(String what) {
        return new SelectorSyntaxException(token.position(), "expected " + what + ", found " + token.shown());
    }
}
