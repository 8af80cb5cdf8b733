package org.pgmjms.provider.message;

import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * The properties of one message: the application's, decoded when first asked for; the two for groups, which are header
 * fields on the wire; and those the provider sets on what it delivers. Jakarta Messaging 3.1, section 3.5.
 *
 * <p>An application may set a name that belongs to a provider, as happens when properties are copied from a received
 * message; the value stays in this message and is never sent.
 */
final class MessageProperties {
    private static final List<String> SET_ON_DELIVERY = List.of(
            PropertyNames.DELIVERY_COUNT,
            PropertyNames.SOURCE,
            PropertyNames.SEQUENCE,
            PropertyNames.GAP_BEFORE,
            PropertyNames.REPLAYED);

    private final MessageHeaders headers;
    private @Nullable FrameContent undecoded;
    private @Nullable Map<String, @Nullable Object> values;
    private @Nullable InboundMessage received;
    private int deliveryCount;
    private long gapBefore;
    private boolean readOnly;

    /** None, writable. */
    MessageProperties(MessageHeaders headers) {
        this.headers = headers;
    }

    /**
     * Those of a received message, read-only.
     *
     * @param deliveryCount how often it was delivered, this time included
     * @param gapBefore how many messages are missing before it, -1 when nobody knows
     */
    MessageProperties(
            MessageHeaders headers, FrameContent content, InboundMessage received, int deliveryCount, long gapBefore) {
        this.headers = headers;
        this.undecoded = content.has(ContentFormat.PROPERTIES) ? content : null;
        this.received = received;
        this.deliveryCount = deliveryCount;
        this.gapBefore = gapBefore;
        this.readOnly = true;
    }

    /** The application's own, by name. */
    Map<String, @Nullable Object> values() {
        if (values == null) {
            values = undecoded == null ? new LinkedHashMap<>() : undecoded.properties();
            undecoded = null;
        }
        return values;
    }

    /** Whether there are none of the application's own. */
    boolean isEmpty() {
        return undecoded == null && (values == null || values.isEmpty());
    }

    void clear() {
        undecoded = null;
        values = null;
        received = null;
        headers.groupId = null;
        headers.groupSequence = null;
        readOnly = false;
    }

    boolean exists(@Nullable String given) {
        String name = PropertyNames.given(given);
        return values().containsKey(name) || provided(name) != null;
    }

    @Nullable Object get(@Nullable String given) {
        String name = PropertyNames.given(given);
        Object provided = provided(name);
        return provided == null ? values().get(name) : provided;
    }

    private @Nullable Object provided(String name) {
        if (!PropertyNames.isSetByProvider(name)) {
            return null;
        }
        return switch (name) {
            case PropertyNames.GROUP_ID -> headers.groupId;
            case PropertyNames.GROUP_SEQUENCE -> headers.groupSequence;
            default -> received(name);
        };
    }

    private @Nullable Object received(String name) {
        return received == null ? null : received.received(name, deliveryCount, gapBefore);
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        if (headers.groupId != null) {
            names.add(PropertyNames.GROUP_ID);
        }
        if (headers.groupSequence != null) {
            names.add(PropertyNames.GROUP_SEQUENCE);
        }
        for (String name : SET_ON_DELIVERY) {
            if (received(name) != null) {
                names.add(name);
            }
        }
        names.addAll(values().keySet());
        return names;
    }

    /** Sets a value of one of the eight types; null is a value, too. */
    void set(@Nullable String given, @Nullable Object value) throws JMSException {
        String name = PropertyNames.checked(given);
        if (readOnly) {
            throw JmsExceptions.readOnly("properties");
        }
        if (!Conversions.isPropertyValue(value)) {
            throw JmsExceptions.conversion("A property cannot hold a " + Conversions.className(value));
        }
        switch (name) {
            case PropertyNames.GROUP_ID -> headers.groupId = Conversions.toText(value);
            case PropertyNames.GROUP_SEQUENCE ->
                headers.groupSequence = value == null ? null : (Integer) Conversions.toInt(value);
            default -> values().put(name, value);
        }
    }
}
