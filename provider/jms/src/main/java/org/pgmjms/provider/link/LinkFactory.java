package org.pgmjms.provider.link;

import jakarta.jms.JMSException;

/** Where connections get their transports: the JVM's registry, or a simulated network. Safe for any thread. */
public interface LinkFactory {

    /** Checks settings without opening anything; the exception names setting, value and what is allowed. */
    void check(LinkSettings settings) throws JMSException;

    /**
     * A view on the transport for these settings; equal settings share one. Opens no socket before the first use.
     * Every link has to be released.
     */
    Link open(LinkSettings settings) throws JMSException;

    /** How often limits were hit, by the transports or by those who use them. */
    JmsLimits limits();
}
