package org.pgmjms.provider.client;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * How messages are sent. Immutable. Jakarta Messaging 3.1, section 7.4.
 *
 * @param deliveryMode PERSISTENT or NON_PERSISTENT
 * @param priority 0 to 9
 * @param timeToLiveMillis 0 for ever
 * @param delayMillis 0 for none
 * @param withoutId whether the application needs no message identifier
 * @param withoutTimestamp whether the application needs no time stamp
 */
record SendOptions(
        int deliveryMode,
        int priority,
        long timeToLiveMillis,
        long delayMillis,
        boolean withoutId,
        boolean withoutTimestamp) {
    private static final int HIGHEST_PRIORITY = 9;

    /** What the specification says if nobody says anything. */
    static final SendOptions DEFAULT = new SendOptions(
            Message.DEFAULT_DELIVERY_MODE,
            Message.DEFAULT_PRIORITY,
            Message.DEFAULT_TIME_TO_LIVE,
            Message.DEFAULT_DELIVERY_DELAY,
            false,
            false);

    boolean isPersistent() {
        return deliveryMode == DeliveryMode.PERSISTENT;
    }

    SendOptions withDeliveryMode(int mode) throws JMSException {
        if (mode != DeliveryMode.PERSISTENT && mode != DeliveryMode.NON_PERSISTENT) {
            throw JmsExceptions.invalidArgument(
                    "There is no delivery mode " + mode + "; there are NON_PERSISTENT (1) and PERSISTENT (2)");
        }
        return new SendOptions(mode, priority, timeToLiveMillis, delayMillis, withoutId, withoutTimestamp);
    }

    SendOptions withPriority(int value) throws JMSException {
        if (value < 0 || value > HIGHEST_PRIORITY) {
            throw JmsExceptions.invalidArgument("Priority " + value + " is not allowed; allowed is 0..9");
        }
        return new SendOptions(deliveryMode, value, timeToLiveMillis, delayMillis, withoutId, withoutTimestamp);
    }

    SendOptions withTimeToLive(long millis) throws JMSException {
        if (millis < 0) {
            throw JmsExceptions.invalidArgument("A time to live must not be negative: " + millis);
        }
        return new SendOptions(deliveryMode, priority, millis, delayMillis, withoutId, withoutTimestamp);
    }

    SendOptions withoutId(boolean value) {
        return new SendOptions(deliveryMode, priority, timeToLiveMillis, delayMillis, value, withoutTimestamp);
    }

    SendOptions withoutTimestamp(boolean value) {
        return new SendOptions(deliveryMode, priority, timeToLiveMillis, delayMillis, withoutId, value);
    }

    SendOptions withDelay(long millis) throws JMSException {
        if (millis < 0) {
            throw JmsExceptions.invalidArgument("A delivery delay must not be negative: " + millis);
        }
        return new SendOptions(deliveryMode, priority, timeToLiveMillis, millis, withoutId, withoutTimestamp);
    }
}
