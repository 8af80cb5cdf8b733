package org.pgmjms.provider.link;

import java.util.Map;
import java.util.Objects;

/**
 * What makes a transport: equal settings share one. Immutable.
 *
 * @param scheme {@code epgm}
 * @param networkInterface name, address or CIDR of the interface
 * @param group the multicast group, as text
 * @param port PGM data-destination port, and UDP port unless {@code pgm.udpPort} says otherwise
 * @param format how messages are framed
 * @param order whether a gap in one topic holds back others of the same source
 * @param maxMessageBytes {@code jms.maxMessageSize}
 * @param holdBackBytes {@code jms.holdBackBytes}: what may wait behind gaps
 * @param pgm every {@code pgm.*} option that was given, by name
 */
public record LinkSettings(
        String scheme,
        String networkInterface,
        String group,
        int port,
        Format format,
        Order order,
        int maxMessageBytes,
        long holdBackBytes,
        Map<String, String> pgm) {

    /** How messages lie in APDUs. */
    public enum Format {
        /** Envelopes of message frames. */
        JMS,
        /** An APDU is the body of a {@code BytesMessage}. */
        RAW,
        /** ZeroMQ's: a stream of messages that is cut into APDUs. */
        ZMQ
    }

    /** Order across topics. */
    public enum Order {
        /** Each topic has its own order. */
        TOPIC,
        /** All topics of a source have one order. */
        SOURCE
    }

    /** Copies the map and refuses nulls. */
    public LinkSettings {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(networkInterface, "networkInterface");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(order, "order");
        pgm = Map.copyOf(pgm);
    }
}
