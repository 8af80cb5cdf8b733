package org.pgmjms.engine.api;

/** Where in a session's stream a receiver started. */
public enum SessionStart {
    /** At the first packet that the source ever sent: the receiver was there before. */
    FROM_BIRTH,
    /** At the packet after the leading edge that the first SPM announced, or at the first packet seen. */
    FROM_LEAD,
    /** In the past, at the number that the source offers to late joiners with OPT_JOIN. RFC 3208, section 9.4. */
    FROM_JOIN
}
