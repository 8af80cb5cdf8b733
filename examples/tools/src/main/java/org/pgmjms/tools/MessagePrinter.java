package org.pgmjms.tools;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.Queue;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;

/** Writes messages to standard output, one a line. */
final class MessagePrinter implements Flushable, AutoCloseable {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final SubscribeCommand.Output format;
    private final OutputStream out;

    MessagePrinter(SubscribeCommand.Output format, OutputStream out) {
        this.format = format;
        this.out = out;
    }

    void print(Message message) throws JMSException, IOException {
        switch (format) {
            case TEXT -> line(text(message));
            case HEX -> line(HexFormat.of().formatHex(bytes(message)));
            case JSON -> json(message);
            case NONE -> {}
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Writes what is left; the stream stays open. */
    @Override
    public void close() throws IOException {
        out.flush();
    }

    private void line(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    private static String text(Message message) throws JMSException {
        if (message instanceof TextMessage text) {
            return text.getText() == null ? "" : text.getText();
        }
        if (message instanceof BytesMessage) {
            return new String(bytes(message), StandardCharsets.UTF_8);
        }
        if (message instanceof MapMessage map) {
            StringBuilder text = new StringBuilder();
            for (String name : names(map)) {
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(map.getObject(name));
            }
            return text.toString();
        }
        if (message instanceof StreamMessage stream) {
            return String.join(
                    " ", elements(stream).stream().map(String::valueOf).toList());
        }
        return "";
    }

    private static byte[] bytes(Message message) throws JMSException {
        if (message instanceof BytesMessage bytes) {
            byte[] body = new byte[(int) bytes.getBodyLength()];
            bytes.readBytes(body);
            return body;
        }
        return text(message).getBytes(StandardCharsets.UTF_8);
    }

    private void json(Message message) throws JMSException, IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            headers(json, message);
            json.writeObjectFieldStart("properties");
            for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
                String name = (String) names.nextElement();
                value(json, name, message.getObjectProperty(name));
            }
            json.writeEndObject();
            body(json, message);
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void headers(JsonGenerator json, Message message) throws JMSException, IOException {
        json.writeStringField("destination", name(message.getJMSDestination()));
        json.writeStringField("messageId", message.getJMSMessageID());
        json.writeNumberField("timestamp", message.getJMSTimestamp());
        json.writeNumberField("expiration", message.getJMSExpiration());
        json.writeNumberField("priority", message.getJMSPriority());
        json.writeNumberField("deliveryMode", message.getJMSDeliveryMode());
        json.writeNumberField("deliveryTime", message.getJMSDeliveryTime());
        json.writeStringField("correlationId", message.getJMSCorrelationID());
        json.writeStringField("replyTo", name(message.getJMSReplyTo()));
        json.writeStringField("type", message.getJMSType());
        json.writeBooleanField("redelivered", message.getJMSRedelivered());
    }

    private static void body(JsonGenerator json, Message message) throws JMSException, IOException {
        if (message instanceof TextMessage text) {
            json.writeStringField("body", text.getText());
        } else if (message instanceof BytesMessage) {
            json.writeBinaryField("body", bytes(message));
        } else if (message instanceof MapMessage map) {
            json.writeObjectFieldStart("body");
            for (String name : names(map)) {
                value(json, name, map.getObject(name));
            }
            json.writeEndObject();
        } else if (message instanceof StreamMessage stream) {
            json.writeArrayFieldStart("body");
            for (Object element : elements(stream)) {
                value(json, element);
            }
            json.writeEndArray();
        } else {
            json.writeNullField("body");
        }
    }

    private static void value(JsonGenerator json, String name, Object value) throws IOException {
        json.writeFieldName(name);
        value(json, value);
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        if (value instanceof byte[] bytes) {
            json.writeBinary(bytes);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(value == null ? null : value.toString());
        }
    }

    private static List<String> names(MapMessage map) throws JMSException {
        List<String> names = new ArrayList<>();
        for (Enumeration<?> each = map.getMapNames(); each.hasMoreElements(); ) {
            names.add((String) each.nextElement());
        }
        names.sort(null);
        return names;
    }

    private static List<Object> elements(StreamMessage stream) throws JMSException {
        List<Object> elements = new ArrayList<>();
        try {
            while (true) {
                elements.add(stream.readObject());
            }
        } catch (MessageEOFException end) {
            return elements;
        }
    }

    private static String name(Destination destination) throws JMSException {
        if (destination instanceof Topic topic) {
            return topic.getTopicName();
        }
        return destination instanceof Queue queue ? queue.getQueueName() : null;
    }
}
