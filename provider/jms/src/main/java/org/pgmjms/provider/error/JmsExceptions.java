package org.pgmjms.provider.error;

import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.InvalidSelectorRuntimeException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.MessageNotWriteableRuntimeException;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.ResourceAllocationRuntimeException;
import jakarta.jms.TransactionInProgressException;
import jakarta.jms.TransactionInProgressRuntimeException;
import jakarta.jms.TransactionRolledBackException;
import jakarta.jms.TransactionRolledBackRuntimeException;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** Makes every exception of the provider, each with its {@link ErrorCode}. Jakarta Messaging 3.1, chapter 10. */
public final class JmsExceptions {
    private JmsExceptions() {}

    /** For a call on something that is closed. */
    public static IllegalStateException closed(String what) {
        return new IllegalStateException("The " + what + " is closed", ErrorCode.CLOSED.code());
    }

    /** For a call that is not allowed now. */
    public static IllegalStateException illegalState(String message) {
        return new IllegalStateException(message, ErrorCode.ILLEGAL_STATE.code());
    }

    /** For a destination that cannot be used. */
    public static InvalidDestinationException invalidDestination(String message) {
        return new InvalidDestinationException(message, ErrorCode.INVALID_DESTINATION.code());
    }

    /** For an argument outside its range, where the specification names no other exception. */
    public static JMSException invalidArgument(String message) {
        return new JMSException(message, ErrorCode.INVALID_ARGUMENT.code());
    }

    /** For a setting; names what was given and what is allowed. */
    public static JMSException invalidSetting(String setting, String value, String allowed) {
        return new JMSException(
                "Setting " + setting + " has the value '" + value + "'; allowed is " + allowed,
                ErrorCode.INVALID_SETTING.code());
    }

    /** For settings that were refused with a message of their own. */
    public static JMSException invalidSetting(String message, @Nullable Throwable cause) {
        return with(cause, new JMSException(message, ErrorCode.INVALID_SETTING.code()));
    }

    /** For a client identifier that is taken or not acceptable. */
    public static InvalidClientIDException invalidClientId(String message) {
        return new InvalidClientIDException(message, ErrorCode.INVALID_CLIENT_ID.code());
    }

    /** For a user who may not make connections; {@code message} holds no secrets. */
    public static JMSSecurityException notAuthenticated(String message, @Nullable Throwable cause) {
        return with(cause, new JMSSecurityException(message, ErrorCode.NOT_AUTHENTICATED.code()));
    }

    /** For a selector with a syntax error. */
    public static InvalidSelectorException invalidSelector(String message) {
        return new InvalidSelectorException(message, ErrorCode.INVALID_SELECTOR.code());
    }

    /** For a change of what is read-only: {@code "body"} or {@code "properties"}. */
    public static MessageNotWriteableException readOnly(String part) {
        return new MessageNotWriteableException(
                "The " + part + " of this message cannot be changed before being cleared", ErrorCode.READ_ONLY.code());
    }

    /** For reading a body that is being written. */
    public static MessageNotReadableException writeOnly() {
        return new MessageNotReadableException(
                "The body of this message cannot be read before reset()", ErrorCode.WRITE_ONLY.code());
    }

    /** For a value of the wrong type. */
    public static MessageFormatException conversion(String message) {
        return new MessageFormatException(message, ErrorCode.CONVERSION.code());
    }

    /** For reading past the end of a body. */
    public static MessageEOFException endOfBody() {
        return new MessageEOFException("The body has no more values", ErrorCode.END_OF_BODY.code());
    }

    /** For a message above a limit; names the limit. */
    public static JMSException tooLarge(String what, long actual, long limit) {
        return new JMSException(
                what + " is " + actual + "; allowed are at most " + limit, ErrorCode.MESSAGE_TOO_LARGE.code());
    }

    /** For a text without a UTF-8 form. */
    public static MessageFormatException notEncodable(String what) {
        return new MessageFormatException(
                what + " has half of a surrogate pair and cannot be encoded", ErrorCode.NOT_ENCODABLE.code());
    }

    /** For an object that cannot be written or read. */
    public static MessageFormatException notSerializable(String message, @Nullable Throwable cause) {
        return with(cause, new MessageFormatException(message, ErrorCode.NOT_SERIALIZABLE.code()));
    }

    /** For the body of a received {@code ObjectMessage} with a class that nobody has declared to be trusted. */
    public static MessageFormatException notTrusted(String what) {
        return new MessageFormatException(
                "The body of a received ObjectMessage is not deserialised: " + what
                        + " is not trusted; the list of those that are is jms.deserialization.allowList",
                ErrorCode.NOT_TRUSTED.code());
    }

    /** For a message of another provider that refused to be read. */
    public static MessageFormatException foreignMessage(Throwable cause) {
        return with(
                cause,
                new MessageFormatException(
                        "A message of another provider could not be converted: " + cause,
                        ErrorCode.FOREIGN_MESSAGE.code()));
    }

    /** For what the system refused. */
    public static ResourceAllocationException resource(String message, @Nullable Throwable cause) {
        return with(cause, new ResourceAllocationException(message, ErrorCode.RESOURCE.code()));
    }

    /** For a send that found no room in time. */
    public static ResourceAllocationException sendTimeout(String message) {
        return new ResourceAllocationException(message, ErrorCode.SEND_TIMEOUT.code());
    }

    /** For a channel that broke down. */
    public static JMSException channelFailed(String message, @Nullable Throwable cause) {
        return with(cause, new JMSException(message, ErrorCode.CHANNEL_FAILED.code()));
    }

    /** For a wait that was interrupted; sets the thread's interrupt status again. */
    public static JMSException interrupted(String message, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return with(cause, new JMSException(message, ErrorCode.INTERRUPTED.code()));
    }

    /** For a commit that became a rollback. */
    public static TransactionRolledBackException rolledBack(String message, @Nullable Throwable cause) {
        return with(cause, new TransactionRolledBackException(message, ErrorCode.ROLLED_BACK.code()));
    }

    /** For a companion broker that is not there, broke down or refused; {@code cause} is its own exception. */
    public static JMSException brokerFailed(String message, @Nullable Throwable cause) {
        return with(cause, new JMSException(message, ErrorCode.BROKER_FAILED.code()));
    }

    /**
     * What a companion broker refused, as the same kind of exception; {@code what} starts the sentence. Ours stay. An
     * {@code IllegalStateException} means that its client has closed what was used: the connection broke, of which that
     * client may tell later only.
     */
    public static JMSException ofBroker(String what, JMSException refusal) {
        if (ErrorCode.isOurs(refusal.getErrorCode())) {
            return refusal;
        }
        String message = what + ": " + refusal.getMessage();
        if (refusal instanceof InvalidDestinationException) {
            return with(refusal, invalidDestination(message));
        }
        if (refusal instanceof InvalidSelectorException) {
            return with(refusal, invalidSelector(message));
        }
        if (refusal instanceof InvalidClientIDException) {
            return with(refusal, invalidClientId(message));
        }
        if (refusal instanceof JMSSecurityException) {
            return notAuthenticated(message, refusal);
        }
        if (refusal instanceof MessageFormatException) {
            return with(refusal, conversion(message));
        }
        if (refusal instanceof ResourceAllocationException) {
            return resource(message, refusal);
        }
        return refusal instanceof TransactionRolledBackException
                ? rolledBack(message, refusal)
                : brokerFailed(message, refusal);
    }

    /** For a feature of the API that this version does not have; {@code feature} starts the sentence. */
    public static JMSException notYet(String feature) {
        return new JMSException(feature + " is not offered by this version", ErrorCode.NOT_YET.code());
    }

    /** For a feature that lives in a companion broker: named queues, browsers, durable subscriptions. */
    public static JMSException needsBroker(String feature) {
        return new JMSException(
                feature + " needs a companion broker; name one by the setting broker.url, with the module"
                        + " pgmjms-companion-artemis beside this provider, or by broker.connectionFactory",
                ErrorCode.NEEDS_BROKER.code());
    }

    /** For a durable subscription on a topic that the companion broker does not keep. */
    public static JMSException notKept(String subscription) {
        return new JMSException(
                subscription + " is on a topic that the companion broker does not keep; those that it keeps are named"
                        + " by the setting broker.topics, and have no wildcards, no format of others and no names that"
                        + " begin with $",
                ErrorCode.NEEDS_BROKER.code());
    }

    /** For a local commit or rollback where only a transaction manager may end the transaction. */
    public static TransactionInProgressException transactionInProgress(String message) {
        return new TransactionInProgressException(message, ErrorCode.ILLEGAL_STATE.code());
    }

    /** For a transaction manager, with an error code of {@code XAException}. */
    public static XAException xa(int errorCode, String message, @Nullable Throwable cause) {
        XAException exception = new XAException(message);
        exception.errorCode = errorCode;
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }

    /** Gives {@code exception} a cause, both in the Java and in the JMS way. */
    public static <E extends JMSException> E with(@Nullable Throwable cause, E exception) {
        if (cause == null) {
            return exception;
        }
        exception.initCause(cause);
        if (cause instanceof Exception linked) {
            exception.setLinkedException(linked);
        }
        return exception;
    }

    /** The unchecked twin of an exception, for the simplified API. Jakarta Messaging 3.1, section 10.3. */
    public static JMSRuntimeException unchecked(JMSException e) {
        String reason = e.getMessage();
        String code = e.getErrorCode();
        if (e instanceof IllegalStateException) {
            return new IllegalStateRuntimeException(reason, code, e);
        }
        if (e instanceof InvalidClientIDException) {
            return new InvalidClientIDRuntimeException(reason, code, e);
        }
        if (e instanceof InvalidDestinationException) {
            return new InvalidDestinationRuntimeException(reason, code, e);
        }
        if (e instanceof InvalidSelectorException) {
            return new InvalidSelectorRuntimeException(reason, code, e);
        }
        if (e instanceof JMSSecurityException) {
            return new JMSSecurityRuntimeException(reason, code, e);
        }
        return uncheckedMessageOrTransaction(e);
    }

    private static JMSRuntimeException uncheckedMessageOrTransaction(JMSException e) {
        String reason = e.getMessage();
        String code = e.getErrorCode();
        if (e instanceof MessageFormatException) {
            return new MessageFormatRuntimeException(reason, code, e);
        }
        if (e instanceof MessageNotWriteableException) {
            return new MessageNotWriteableRuntimeException(reason, code, e);
        }
        if (e instanceof ResourceAllocationException) {
            return new ResourceAllocationRuntimeException(reason, code, e);
        }
        if (e instanceof TransactionInProgressException) {
            return new TransactionInProgressRuntimeException(reason, code, e);
        }
        if (e instanceof TransactionRolledBackException) {
            return new TransactionRolledBackRuntimeException(reason, code, e);
        }
        return new JMSRuntimeException(reason, code, e);
    }
}
