package org.pgmjms.provider.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.jms.JMSException;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.selector.Selector;
import org.pgmjms.provider.selector.SelectorSyntaxException;

/** Selectors by their text: a requestor makes a consumer with the same few again and again. */
final class Selectors {
    /** In characters, so that long selectors take the room of many. */
    private static final long CACHED_CHARACTERS = 256 * 1024;

    private static final Cache<String, Selector> COMPILED = Caffeine.newBuilder()
            .maximumWeight(CACHED_CHARACTERS)
            .weigher((String text, Selector selector) -> text.length())
            .executor(Runnable::run)
            .build();

    private Selectors() {}

    /** The selector with this text; the exception says where it is wrong and what was expected. */
    static Selector compiled(String text) throws JMSException {
        Selector known = COMPILED.getIfPresent(text);
        if (known != null) {
            return known;
        }
        try {
            Selector selector = Selector.parse(text);
            COMPILED.put(text, selector);
            return selector;
        } catch (SelectorSyntaxException e) {
            throw JmsExceptions.with(e, JmsExceptions.invalidSelector("Not a message selector: " + e.getMessage()));
        }
    }
}
