package org.pgmjms.engine.api;

/**
 * How far a source may run ahead of the slowest of its receivers. Immutable.
 *
 * @param isMin whether it asks receivers for their status and waits for the slowest
 * @param receivers how many receivers must have reported before the first packet leaves
 * @param silenceNs how long a receiver may say nothing before the source goes on without it
 * @param patienceNs how long a receiver that takes nothing may hold the source; 0 for ever
 */
public record SendLimitConfig(boolean isMin, int receivers, long silenceNs, long patienceNs) {
    /** The rate alone decides. */
    public static final SendLimitConfig NONE = new SendLimitConfig(false, 0, 0, 0);
}
