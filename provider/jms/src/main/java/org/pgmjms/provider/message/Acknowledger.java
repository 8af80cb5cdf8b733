package org.pgmjms.provider.message;

import jakarta.jms.JMSException;

/** What {@link jakarta.jms.Message#acknowledge} calls; set by the session that delivers the message. */
@FunctionalInterface
public interface Acknowledger {

    /** Acknowledges whatever the session's mode says. */
    void acknowledge() throws JMSException;
}
