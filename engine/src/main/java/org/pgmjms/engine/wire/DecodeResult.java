package org.pgmjms.engine.wire;

/** The verdict on a packet: one per packet, and one counter per verdict. */
public enum DecodeResult {
    /** Well formed. */
    OK,
    /** Shorter than its type, or its addresses, need. */
    TRUNCATED,
    /** A type, version or reserved bit that does not exist. */
    UNKNOWN_TYPE,
    /** The checksum is wrong, or missing where it must not be. */
    BAD_CHECKSUM,
    /** An address family other than IPv4 and IPv6, or two families in one packet. */
    UNKNOWN_AFI,
    /** An address that cannot be what the packet says it is. */
    BAD_NLA,
    /** Options that do not add up. */
    BAD_OPTIONS,
    /** A known option of the wrong length or with impossible values. */
    BAD_OPTION,
    /** An option that changes the meaning of a packet which cannot have it. */
    MISPLACED_OPTION,
    /** The TSDU length is not that of the payload. */
    BAD_LENGTH,
    /** Sequence numbers that contradict each other. */
    BAD_SEQUENCE,
    /** A fragment that cannot be part of an APDU. */
    BAD_FRAGMENT,
    /** A parity packet, which nobody here asked for. */
    PARITY,
    /** Protection is missing or wrong. */
    NOT_AUTHENTIC
}
