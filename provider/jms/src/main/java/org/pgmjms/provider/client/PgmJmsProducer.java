package org.pgmjms.provider.client;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.message.PgmMessage;

/**
 * A producer of the simplified API: what is set here wins over what is set on a message. Jakarta Messaging 3.1, sections
 * 7.4 to 7.6 and 7.10. For one thread at a time.
 */
public final class PgmJmsProducer implements JMSProducer {
    private final PgmSession session;
    private final PgmMessageProducer producer;
    /** Holds the properties and headers that were set, and converts them as messages do. */
    private final PgmMessage template = new PgmMessage();

    /** Whether the correlation identifier was set as bytes. */
    private boolean hasCorrelationBytes;

    private SendOptions options = SendOptions.DEFAULT;
    private @Nullable CompletionListener async;

    PgmJmsProducer(PgmSession session, PgmMessageProducer producer) {
        this.session = session;
        this.producer = producer;
    }

    @Override
    public JMSProducer send(Destination destination, @Nullable Message message) {
        return with(() -> {
            session.checkOpen();
            if (message == null) {
                throw JmsExceptions.conversion("The message is null");
            }
            applyTo(message);
            producer.send(destination, message, options, async);
        });
    }

    @Override
    public JMSProducer send(Destination destination, @Nullable String body) {
        return with(() -> send(destination, session.createTextMessage(body)));
    }

    @Override
    public JMSProducer send(Destination destination, @Nullable Map<String, Object> body) {
        return with(() -> {
            MapMessage message = session.createMapMessage();
            if (body != null) {
                for (Map.Entry<String, Object> entry : body.entrySet()) {
                    message.setObject(entry.getKey(), entry.getValue());
                }
            }
            send(destination, message);
        });
    }

    @Override
    public JMSProducer send(Destination destination, byte @Nullable [] body) {
        return with(() -> {
            BytesMessage message = session.createBytesMessage();
            if (body != null) {
                message.writeBytes(body);
            }
            send(destination, message);
        });
    }

    @Override
    public JMSProducer send(Destination destination, @Nullable Serializable body) {
        return with(() -> send(destination, session.createObjectMessage(body)));
    }

    private void applyTo(Message message) throws JMSException {
        for (String name : getPropertyNames()) {
            message.setObjectProperty(name, template.getObjectProperty(name));
        }
        if (hasCorrelationBytes) {
            message.setJMSCorrelationIDAsBytes(template.getJMSCorrelationIDAsBytes());
        } else if (template.getJMSCorrelationID() != null) {
            message.setJMSCorrelationID(template.getJMSCorrelationID());
        }
        if (template.getJMSType() != null) {
            message.setJMSType(template.getJMSType());
        }
        if (template.getJMSReplyTo() != null) {
            message.setJMSReplyTo(template.getJMSReplyTo());
        }
    }

    @Override
    public JMSProducer setDisableMessageID(boolean value) {
        options = options.withoutId(value);
        return this;
    }

    @Override
    public boolean getDisableMessageID() {
        return options.withoutId();
    }

    @Override
    public JMSProducer setDisableMessageTimestamp(boolean value) {
        options = options.withoutTimestamp(value);
        return this;
    }

    @Override
    public boolean getDisableMessageTimestamp() {
        return options.withoutTimestamp();
    }

    @Override
    public JMSProducer setDeliveryMode(int deliveryMode) {
        return with(() -> options = options.withDeliveryMode(deliveryMode));
    }

    @Override
    public int getDeliveryMode() {
        return options.deliveryMode();
    }

    @Override
    public JMSProducer setPriority(int priority) {
        return with(() -> options = options.withPriority(priority));
    }

    @Override
    public int getPriority() {
        return options.priority();
    }

    @Override
    public JMSProducer setTimeToLive(long timeToLiveMillis) {
        return with(() -> options = options.withTimeToLive(timeToLiveMillis));
    }

    @Override
    public long getTimeToLive() {
        return options.timeToLiveMillis();
    }

    @Override
    public JMSProducer setDeliveryDelay(long deliveryDelayMillis) {
        return with(() -> options = options.withDelay(deliveryDelayMillis));
    }

    @Override
    public long getDeliveryDelay() {
        return options.delayMillis();
    }

    @Override
    public JMSProducer setAsync(@Nullable CompletionListener completionListener) {
        async = completionListener;
        return this;
    }

    @Override
    public @Nullable CompletionListener getAsync() {
        return async;
    }

    @Override
    public JMSProducer setProperty(String name, boolean value) {
        return with(() -> template.setBooleanProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, byte value) {
        return with(() -> template.setByteProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, short value) {
        return with(() -> template.setShortProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, int value) {
        return with(() -> template.setIntProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, long value) {
        return with(() -> template.setLongProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, float value) {
        return with(() -> template.setFloatProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, double value) {
        return with(() -> template.setDoubleProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, @Nullable String value) {
        return with(() -> template.setStringProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, @Nullable Object value) {
        return with(() -> template.setObjectProperty(name, value));
    }

    @Override
    public JMSProducer clearProperties() {
        template.clearProperties();
        return this;
    }

    @Override
    public boolean propertyExists(String name) {
        return template.propertyExists(name);
    }

    @Override
    public boolean getBooleanProperty(String name) {
        return Unchecked.require(() -> template.getBooleanProperty(name));
    }

    @Override
    public byte getByteProperty(String name) {
        return Unchecked.require(() -> template.getByteProperty(name));
    }

    @Override
    public short getShortProperty(String name) {
        return Unchecked.require(() -> template.getShortProperty(name));
    }

    @Override
    public int getIntProperty(String name) {
        return Unchecked.require(() -> template.getIntProperty(name));
    }

    @Override
    public long getLongProperty(String name) {
        return Unchecked.require(() -> template.getLongProperty(name));
    }

    @Override
    public float getFloatProperty(String name) {
        return Unchecked.require(() -> template.getFloatProperty(name));
    }

    @Override
    public double getDoubleProperty(String name) {
        return Unchecked.require(() -> template.getDoubleProperty(name));
    }

    @Override
    public @Nullable String getStringProperty(String name) {
        return Unchecked.get(() -> template.getStringProperty(name));
    }

    @Override
    public @Nullable Object getObjectProperty(String name) {
        return template.getObjectProperty(name);
    }

    @Override
    public Set<String> getPropertyNames() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Collections.list(template.getPropertyNames())));
    }

    @Override
    public JMSProducer setJMSCorrelationIDAsBytes(byte @Nullable [] correlationId) {
        template.setJMSCorrelationIDAsBytes(correlationId);
        hasCorrelationBytes = correlationId != null;
        return this;
    }

    @Override
    public byte @Nullable [] getJMSCorrelationIDAsBytes() {
        return template.getJMSCorrelationIDAsBytes();
    }

    @Override
    public JMSProducer setJMSCorrelationID(@Nullable String correlationId) {
        template.setJMSCorrelationID(correlationId);
        hasCorrelationBytes = false;
        return this;
    }

    @Override
    public @Nullable String getJMSCorrelationID() {
        return template.getJMSCorrelationID();
    }

    @Override
    public JMSProducer setJMSType(@Nullable String type) {
        template.setJMSType(type);
        return this;
    }

    @Override
    public @Nullable String getJMSType() {
        return template.getJMSType();
    }

    @Override
    public JMSProducer setJMSReplyTo(@Nullable Destination replyTo) {
        template.setJMSReplyTo(replyTo);
        return this;
    }

    @Override
    public @Nullable Destination getJMSReplyTo() {
        return template.getJMSReplyTo();
    }

    private JMSProducer with(Unchecked.Action action) {
        Unchecked.run(action);
        return this;
    }
}
