package org.pgmjms.provider.loss;

import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/** Something that tells of losses: connections, contexts and consumers of this provider implement it. */
public interface LossNotifier {

    /** Sets who is told from now on, in place of the one before; null for nobody. */
    void setLossListener(@Nullable LossListener listener) throws JMSException;

    /** Who is told, or null. */
    @Nullable LossListener getLossListener() throws JMSException;

    /**
     * Sets what happens on losses from now on.
     *
     * @param policy a connection's is that of all consumers for which nothing else is set; null: as it is set for the
     *     consumer's topic or connection, or for the connection's factory
     */
    void setLossPolicy(@Nullable LossPolicy policy) throws JMSException;

    /** What happens on losses. */
    LossPolicy getLossPolicy() throws JMSException;
}
