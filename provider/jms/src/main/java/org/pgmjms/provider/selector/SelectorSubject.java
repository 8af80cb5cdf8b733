package org.pgmjms.provider.selector;

import org.jspecify.annotations.Nullable;

/** What a selector is applied to: a message's header fields and properties by name. */
@FunctionalInterface
public interface SelectorSubject {
    /**
     * The value of a header field or property: {@code Boolean}, {@code Byte}, {@code Short}, {@code Integer},
     * {@code Long}, {@code Float}, {@code Double}, {@code String}, or null when there is none. {@code JMSDeliveryMode}
     * is {@code "PERSISTENT"} or {@code "NON_PERSISTENT"}. Never throws.
     */
    @Nullable Object value(String identifier);
}
