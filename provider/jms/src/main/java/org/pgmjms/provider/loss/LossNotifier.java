package org.pgmjms.provider.loss;

import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/** Something that tells of losses; connections, contexts and consumers of this provider implement it. */
public interface LossNotifier {

    /** Sets who is told from now on, in place of the one before; null for nobody. */
    void setLossListener(@Nullable LossListener listener) throws JMSException;

    /** Who is told, or null. */
    @Nullable LossListener getLossListener() throws JMSException;
}
