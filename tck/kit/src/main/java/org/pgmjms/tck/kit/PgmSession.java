package org.pgmjms.tck.kit;

import java.util.List;

/**
 * What names a session.
 *
 * @param gsi in the lower 48 bits
 * @param sourcePort the data-source port
 * @param destinationPort the data-destination port
 */
public record PgmSession(long gsi, int sourcePort, int destinationPort) {

    PgmBytes down(int type, byte[] body, byte[] payload) {
        return new PgmBytes(type, sourcePort, destinationPort, gsi, 0, body, List.of(), payload);
    }

    @SuppressWarnings("ArgumentSelectionDefectChecker") // upstream the ports are swapped
    PgmBytes up(int type, byte[] body) {
        return new PgmBytes(type, destinationPort, sourcePort, gsi, 0, body, List.of(), new byte[0]);
    }
}
