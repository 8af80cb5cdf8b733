package org.pgmjms.provider.link;

/** What an {@link Inbound} counts. Written by the receive agent; read by anybody. */
enum InboundCounter {
    /** APDUs: taken. */
    APDUS,
    /** APDUs: that are no well-formed envelopes; their messages are reported lost. */
    APDUS_REFUSED,
    /** APDUs: of a kind that this version has no use for. */
    APDUS_OF_UNKNOWN_KIND,
    /** frames: of topics that somebody listens to. */
    FRAMES,
    /** frames: of other topics. */
    FRAMES_OF_OTHER_TOPICS,
    /** frames: of topics that match a pattern, but for which there was no room; reported lost. */
    FRAMES_WITHOUT_ROOM,
    /** streams: of topics that only patterns match, at present. */
    STREAMS_FOUND,
    /** frames: that came after they were reported lost, or twice. */
    FRAMES_STALE,
    /** trains: handed out. */
    TRAINS,
    /** trains: of which some, but not all has come as it should; their messages are reported lost. */
    TRAINS_LOST,
    /** times: a gap was given up as too much waited behind it. */
    GAPS_GIVEN_UP,
    /** bytes: waiting behind gaps, or for the rest of a train, at present. */
    HELD_BYTES
}
