package org.pgmjms.engine.protocol;

import org.pgmjms.engine.wire.Nla;

/**
 * Who asked a source for repairs, and how much.
 *
 * @param address network address
 * @param port UDP port
 * @param packets NAK packets taken
 * @param numbers what they asked for
 */
public record NakSenderStats(Nla address, int port, long packets, long numbers) {}
