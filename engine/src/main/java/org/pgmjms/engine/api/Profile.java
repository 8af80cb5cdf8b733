package org.pgmjms.engine.api;

import java.util.Locale;

/** Timers and limits that belong together; the values of {@code pgm.profile}. */
public enum Profile {
    /** A local network, own sources and receivers. */
    LAN,
    /** As {@link #LAN}, but old data is worthless: a gap is given up soon. */
    MARKETDATA,
    /** Long round trips. */
    WAN,
    /** OpenPGM or ZeroMQ on the other side: its timers and its limits for an APDU. */
    OPENPGM;

    /** The name as it stands in settings. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
