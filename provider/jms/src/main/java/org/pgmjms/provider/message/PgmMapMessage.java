package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/** A message whose body is a set of names with values. Jakarta Messaging 3.1, sections 3.11 and 3.11.3. */
public final class PgmMapMessage extends PgmMessage implements MapMessage {
    private @Nullable FrameContent undecoded;
    private Map<String, @Nullable Object> entries = new LinkedHashMap<>();

    /** An empty map. */
    public PgmMapMessage() {}

    PgmMapMessage(MessageHeaders headers, MessageProperties properties, FrameContent content) {
        super(headers, properties);
        undecoded = content;
    }

    private Map<String, @Nullable Object> entries() {
        if (undecoded != null) {
            entries = undecoded.mapBody();
            undecoded = null;
        }
        return entries;
    }

    private void put(@Nullable String name, @Nullable Object value) throws JMSException {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("A map entry's name is neither null nor empty");
        }
        checkBodyWriteable();
        entries().put(name, value);
    }

    private @Nullable Object get(@Nullable String name) {
        return entries().get(name);
    }

    @Override
    public boolean getBoolean(@Nullable String name) throws JMSException {
        return Conversions.toBoolean(get(name));
    }

    @Override
    public byte getByte(@Nullable String name) throws JMSException {
        return Conversions.toByte(get(name));
    }

    @Override
    public short getShort(@Nullable String name) throws JMSException {
        return Conversions.toShort(get(name));
    }

    @Override
    public char getChar(@Nullable String name) throws JMSException {
        return Conversions.toChar(get(name));
    }

    @Override
    public int getInt(@Nullable String name) throws JMSException {
        return Conversions.toInt(get(name));
    }

    @Override
    public long getLong(@Nullable String name) throws JMSException {
        return Conversions.toLong(get(name));
    }

    @Override
    public float getFloat(@Nullable String name) throws JMSException {
        return Conversions.toFloat(get(name));
    }

    @Override
    public double getDouble(@Nullable String name) throws JMSException {
        return Conversions.toDouble(get(name));
    }

    @Override
    public @Nullable String getString(@Nullable String name) throws JMSException {
        return Conversions.toText(get(name));
    }

    @Override
    public byte @Nullable [] getBytes(@Nullable String name) throws JMSException {
        return Conversions.toBytes(get(name));
    }

    @Override
    public @Nullable Object getObject(@Nullable String name) {
        Object value = get(name);
        return value instanceof byte[] bytes ? bytes.clone() : value;
    }

    @Override
    public Enumeration<String> getMapNames() {
        return Collections.enumeration(List.copyOf(entries().keySet()));
    }

    @Override
    public boolean itemExists(@Nullable String name) {
        return entries().containsKey(name);
    }

    @Override
    public void setBoolean(@Nullable String name, boolean value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setByte(@Nullable String name, byte value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setShort(@Nullable String name, short value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setChar(@Nullable String name, char value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setInt(@Nullable String name, int value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setLong(@Nullable String name, long value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setFloat(@Nullable String name, float value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setDouble(@Nullable String name, double value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setString(@Nullable String name, @Nullable String value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setBytes(@Nullable String name, byte @Nullable [] value) throws JMSException {
        put(name, value == null ? null : value.clone());
    }

    @Override
    public void setBytes(@Nullable String name, byte[] value, int offset, int length) throws JMSException {
        put(name, Arrays.copyOfRange(value, offset, Math.addExact(offset, length)));
    }

    @Override
    public void setObject(@Nullable String name, @Nullable Object value) throws JMSException {
        put(name, Conversions.bodyValue(value));
    }

    @Override
    public void clearBody() throws JMSException {
        super.clearBody();
        undecoded = null;
        entries = new LinkedHashMap<>();
    }

    /** A copy of the map; null when it is empty. */
    @Override
    public <T> @Nullable T getBody(Class<T> type) throws JMSException {
        if (entries().isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(entries());
        copy.replaceAll((name, value) -> value instanceof byte[] bytes ? bytes.clone() : value);
        return cast(copy, Map.class, type);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the API's own signature
    public boolean isBodyAssignableTo(Class type) {
        return entries().isEmpty() || type.isAssignableFrom(Map.class);
    }

    @Override
    BodyKind bodyKind() {
        return BodyKind.MAP;
    }

    @Override
    void writeBody(ByteBuf out) throws JMSException {
        Map<String, @Nullable Object> body = entries();
        if (body.size() > ContentFormat.MAX_MAP_ENTRIES) {
            throw JmsExceptions.tooLarge("The number of map entries", body.size(), ContentFormat.MAX_MAP_ENTRIES);
        }
        out.writeInt(body.size());
        for (Map.Entry<String, @Nullable Object> entry : body.entrySet()) {
            String name = entry.getKey();
            int length = Utf8.length(name, "The name of a map entry");
            if (length > ContentFormat.MAX_MAP_NAME_BYTES) {
                throw JmsExceptions.tooLarge(
                        "The name of a map entry, in bytes,", length, ContentFormat.MAX_MAP_NAME_BYTES);
            }
            out.writeShort(length);
            Utf8.write(name, length, out);
            Values.write(entry.getValue(), "The text of a map entry", out);
        }
    }
}
