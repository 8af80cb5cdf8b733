package org.pgmjms.tck.kit;

import java.io.Serial;

/** Bytes that are no packet, with the reason. */
public final class Malformed extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** For this reason. */
    public Malformed(String reason) {
        super(reason);
    }
}
