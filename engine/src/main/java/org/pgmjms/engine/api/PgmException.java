package org.pgmjms.engine.api;

import java.io.Serial;

/** The environment says no: no such interface, a port taken, a socket gone, a setting out of range. */
public final class PgmException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final Code code;

    /** What went wrong, for programs; the message says it for people. */
    public enum Code {
        /** A setting has a value that is not allowed; the message names setting, value and what is allowed. */
        INVALID_SETTING,
        /** The interface does not exist, is down, or has no address of the family. */
        NO_INTERFACE,
        /** The group is no multicast address or cannot be joined on that interface. */
        BAD_GROUP,
        /** Another process holds the port exclusively. */
        PORT_IN_USE,
        /** A socket failed. */
        SOCKET,
        /** The engine is closed, or failed before. */
        CLOSED
    }

    /** For a failure without a cause of its own. */
    public PgmException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** For a failure of the platform. */
    public PgmException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The kind of failure. */
    public Code code() {
        return code;
    }
}
