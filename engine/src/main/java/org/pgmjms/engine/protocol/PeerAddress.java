package org.pgmjms.engine.protocol;

import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.SpmDecoder;

/**
 * Where a session's packets come from and its requests go. Without network elements both are the address that the SPMs name,
 * so an SPM cannot direct NAKs at somebody else. A source that moved is believed after three SPMs in a row, with nothing
 * from where it was between them: otherwise somebody else uses its session. Not thread-safe.
 */
final class PeerAddress {
    private static final int ENOUGH = 3;

    private Nla address;
    private @Nullable Nla candidate;
    private int seen;

    PeerAddress(Nla address) {
        this.address = address;
    }

    Nla address() {
        return address;
    }

    /** Whether a data packet or an NCF is from there. */
    boolean isFrom(Nla from) {
        if (!address.equals(from)) {
            return false;
        }
        if (seen > 0) {
            stay();
        }
        return true;
    }

    private void stay() {
        candidate = null;
        seen = 0;
    }

    /** Whether an SPM can be believed. */
    boolean accept(SpmDecoder spm, Nla from) {
        if (!spm.pathEquals(from)) {
            return false;
        }
        if (!address.equals(from)) {
            seen = from.equals(candidate) ? seen + 1 : 1;
            candidate = from;
            if (seen < ENOUGH) {
                return false;
            }
            address = from;
        }
        stay();
        return true;
    }
}
