package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.message.BrokerMessages;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.MessageIds;
import org.pgmjms.provider.selector.Selector;

/**
 * Which messages of a destination a consumer wants: those its selector is true for, and with noLocal none of its own
 * connection. Jakarta Messaging 3.1, sections 3.8 and 8.3.1. Immutable; safe for any thread.
 */
final class MessageFilter {
    /** Wants everything. */
    static final MessageFilter NONE = new MessageFilter(null, false, 0);

    private final @Nullable Selector selector;
    private final boolean isNoLocal;
    private final int connection;

    private MessageFilter(@Nullable Selector selector, boolean isNoLocal, int connection) {
        this.selector = selector;
        this.isNoLocal = isNoLocal;
        this.connection = connection;
    }

    /**
     * A consumer's filter.
     *
     * @param selector its text; null or blank for none
     * @param connection the number of the consumer's connection
     * @throws jakarta.jms.InvalidSelectorException with the place of the error
     */
    static MessageFilter of(@Nullable String selector, boolean noLocal, int connection) throws JMSException {
        Selector compiled = selector == null || selector.isBlank() ? null : Selectors.compiled(selector);
        return compiled == null && !noLocal ? NONE : new MessageFilter(compiled, noLocal, connection);
    }

    /** Whether the consumer wants a well-formed message. Never throws. */
    boolean accepts(InboundMessage message) {
        if (isNoLocal && message.isFrom(MessageIds.ofThisJvm().incarnation(), connection)) {
            return false;
        }
        return selector == null || selector.matches(message);
    }

    /** The selector's text, or null. */
    @Nullable String selector() {
        return selector == null ? null : selector.text();
    }

    /** The selector's text as a companion broker has to be asked about messages that went to the group, too; or null. */
    @Nullable String selectorOfKept() {
        return selector == null ? null : selector.withNames(BrokerMessages.SELECTABLE);
    }

    boolean isNoLocal() {
        return isNoLocal;
    }
}
