package org.pgmjms.provider.loss;

/**
 * Is told about losses and sources. Set on a consumer, a connection or a factory; called serially on the connection's
 * event thread. Only a gap's first method has to be written.
 */
@FunctionalInterface
public interface LossListener {

    /** Messages are lost for good; what came before the gap was delivered before. */
    void onLoss(LossReport report);

    /** A source came or went. */
    default void onSource(SourceEvent event) {}
}
