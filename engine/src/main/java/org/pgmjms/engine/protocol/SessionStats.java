package org.pgmjms.engine.protocol;

import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.wire.Nla;

/**
 * A receiver's side of a session at one moment.
 *
 * @param tsi the session
 * @param address of its source
 * @param isEstablished whether it counts as a source
 * @param edge the first number that is not resolved
 * @param lead the newest number known
 * @param firstMissing the first number missing; the one after the lead when none is
 * @param missing numbers that may still come
 * @param requested of these, those that somebody asked for
 * @param heldBytes what waits behind them
 * @param lost packets reported lost
 * @param heardNs when its last packet came
 */
public record SessionStats(
        Tsi tsi,
        Nla address,
        boolean isEstablished,
        int edge,
        int lead,
        int firstMissing,
        long missing,
        long requested,
        long heldBytes,
        long lost,
        long heardNs) {}
