package org.pgmjms.provider.error;

import org.jspecify.annotations.Nullable;

/**
 * What {@link jakarta.jms.JMSException#getErrorCode} answers: one code per kind of trouble. 1000s: wrong use, 2000s:
 * loss, 3000s: the environment, 4000s: not offered. A number is never used again once it is gone.
 */
public enum ErrorCode {
    /** The object was closed before. */
    CLOSED(1001, "The connection, session, producer or consumer is closed"),
    /** The call is not allowed in this state. */
    ILLEGAL_STATE(1002, "The call is not allowed in this state"),
    /** The destination is null, of another kind, or misspelt. */
    INVALID_DESTINATION(1003, "The destination cannot be used here"),
    /** An argument is outside its range. */
    INVALID_ARGUMENT(1004, "An argument is outside its range"),
    /** A received body or received properties were to be changed. */
    READ_ONLY(1005, "The body or the properties of a received message are read-only until cleared"),
    /** A body that is being written was read. */
    WRITE_ONLY(1006, "The body is write-only until reset"),
    /** A value has another type than the one asked for. */
    CONVERSION(1007, "The value cannot be read as the type asked for"),
    /** The body was read past its end. */
    END_OF_BODY(1008, "The body has no more values"),
    /** The message is larger than a limit. */
    MESSAGE_TOO_LARGE(1009, "The message is larger than a limit allows"),
    /** A text has no UTF-8 form. */
    NOT_ENCODABLE(1010, "The text cannot be encoded, as it has half of a surrogate pair"),
    /** An object cannot be serialised or read back. */
    NOT_SERIALIZABLE(1011, "The object cannot be serialised or deserialised"),
    /** A received object's class is not on the list of trusted ones. */
    NOT_TRUSTED(1012, "The class of a received object is not trusted"),
    /** A setting is unknown or out of range. */
    INVALID_SETTING(1013, "A setting is unknown, misspelt or out of range"),
    /** A client identifier is in use or comes too late. */
    INVALID_CLIENT_ID(1014, "The client identifier is in use or invalid"),
    /** A selector has a syntax error. */
    INVALID_SELECTOR(1015, "The selector has a syntax error"),
    /** A message of another provider could not be converted. */
    FOREIGN_MESSAGE(1016, "A message of another provider could not be converted"),
    /** A user may not make connections. */
    NOT_AUTHENTICATED(1017, "The user name or the password is not accepted"),

    /** Messages are gone for good. */
    MESSAGES_LOST(2001, "Messages are lost for good"),
    /** Durable subscriptions miss what a source publishes. */
    NOT_STORED(
            2002, "PERSISTENT messages of a source are not stored in the companion broker of durable consumers here"),

    /** Something could not be had from the system. */
    RESOURCE(3001, "The system refused a resource: an interface, a socket, memory"),
    /** There was no room for a message in time. */
    SEND_TIMEOUT(3002, "There was no room for the message within jms.sendTimeout"),
    /** The channel broke down. */
    CHANNEL_FAILED(3003, "The channel failed"),
    /** The thread was interrupted while it waited. */
    INTERRUPTED(3004, "The thread was interrupted while it waited"),
    /** A transaction could not be committed. */
    ROLLED_BACK(3005, "The transaction was rolled back instead of committed"),
    /** The companion broker failed or is not there. */
    BROKER_FAILED(3006, "The companion broker failed, cannot be reached or refused the call"),

    /** The feature is not offered by this version. */
    NOT_YET(4001, "The feature is not offered by this version"),
    /** The feature needs a companion broker. */
    NEEDS_BROKER(4002, "The feature needs a companion broker, named by broker.url");

    private static final String PREFIX = "PGM_";

    private final String code;
    private final String description;

    ErrorCode(int number, String description) {
        this.code = PREFIX + number;
        this.description = description;
    }

    /** The code as exceptions carry it, such as {@code PGM_1001}. */
    public String code() {
        return code;
    }

    /** Whether an exception with this code was made by this provider. */
    static boolean isOurs(@Nullable String code) {
        return code != null && code.startsWith(PREFIX);
    }

    /** What it means, in one sentence without a full stop. */
    public String description() {
        return description;
    }
}
