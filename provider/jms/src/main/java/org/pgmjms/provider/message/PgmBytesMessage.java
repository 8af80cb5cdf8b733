package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * A message whose body is bytes. Jakarta Messaging 3.1, section 3.11. Either written or read: {@code reset} turns the
 * first into the second, {@code clearBody} the second into the first.
 */
public final class PgmBytesMessage extends PgmMessage implements BytesMessage {
    private @Nullable BodyWriter written;
    private @Nullable BodyReader reader;

    /** An empty body, to be written. */
    public PgmBytesMessage() {
        written = new BodyWriter();
    }

    PgmBytesMessage(MessageHeaders headers, MessageProperties properties, FrameContent content) {
        super(headers, properties);
        reader = new BodyReader(content.bytes(), content.bodyAt(), content.size());
    }

    private BodyReader reader() throws JMSException {
        if (reader == null) {
            throw JmsExceptions.writeOnly();
        }
        return reader;
    }

    private BodyWriter writer() throws JMSException {
        checkBodyWriteable();
        return Objects.requireNonNull(written, "writable bodies have a writer");
    }

    @Override
    public long getBodyLength() throws JMSException {
        return reader().length();
    }

    @Override
    public void reset() throws JMSException {
        if (reader == null) {
            reader = Objects.requireNonNull(written).reader();
            written = null;
            bodyReadOnly(true);
        }
        reader.rewind();
    }

    @Override
    public void clearBody() throws JMSException {
        super.clearBody();
        reader = null;
        written = new BodyWriter();
    }

    @Override
    public boolean readBoolean() throws JMSException {
        return readByte() != 0;
    }

    @Override
    public byte readByte() throws JMSException {
        BodyReader in = reader();
        return in.bytes()[in.take(Byte.BYTES)];
    }

    @Override
    public int readUnsignedByte() throws JMSException {
        return readByte() & 0xFF;
    }

    @Override
    public short readShort() throws JMSException {
        BodyReader in = reader();
        return Values.i16(in.bytes(), in.take(Short.BYTES));
    }

    @Override
    public int readUnsignedShort() throws JMSException {
        return readShort() & 0xFFFF;
    }

    @Override
    public char readChar() throws JMSException {
        return (char) readShort();
    }

    @Override
    public int readInt() throws JMSException {
        BodyReader in = reader();
        return Values.i32(in.bytes(), in.take(Integer.BYTES));
    }

    @Override
    public long readLong() throws JMSException {
        BodyReader in = reader();
        return Values.i64(in.bytes(), in.take(Long.BYTES));
    }

    @Override
    public float readFloat() throws JMSException {
        return Float.intBitsToFloat(readInt());
    }

    @Override
    public double readDouble() throws JMSException {
        return Double.longBitsToDouble(readLong());
    }

    @Override
    public String readUTF() throws JMSException {
        BodyReader in = reader();
        in.require(Short.BYTES);
        try {
            String text =
                    new DataInputStream(new ByteArrayInputStream(in.bytes(), in.position(), in.remaining())).readUTF();
            in.take(Short.BYTES + Values.u16(in.bytes(), in.position()));
            return text;
        } catch (EOFException e) {
            throw JmsExceptions.with(e, JmsExceptions.endOfBody());
        } catch (IOException e) {
            throw JmsExceptions.with(e, JmsExceptions.conversion("The bytes are no modified UTF-8"));
        }
    }

    @Override
    public int readBytes(byte[] value) throws JMSException {
        return readBytes(value, value.length);
    }

    @Override
    public int readBytes(byte[] value, int length) throws JMSException {
        BodyReader in = reader();
        if (length < 0 || length > value.length) {
            throw new IndexOutOfBoundsException("Length " + length + " of an array of " + value.length);
        }
        if (in.remaining() == 0) {
            return -1;
        }
        int count = Math.min(length, in.remaining());
        System.arraycopy(in.bytes(), in.take(count), value, 0, count);
        return count;
    }

    @Override
    public void writeBoolean(boolean value) throws JMSException {
        writer().write(value ? 1 : 0);
    }

    @Override
    public void writeByte(byte value) throws JMSException {
        writer().write(value);
    }

    @Override
    public void writeShort(short value) throws JMSException {
        writer().writeShort(value);
    }

    @Override
    public void writeChar(char value) throws JMSException {
        writer().writeShort(value);
    }

    @Override
    public void writeInt(int value) throws JMSException {
        writer().writeInt(value);
    }

    @Override
    public void writeLong(long value) throws JMSException {
        writer().writeLong(value);
    }

    @Override
    public void writeFloat(float value) throws JMSException {
        writer().writeInt(Float.floatToRawIntBits(value));
    }

    @Override
    public void writeDouble(double value) throws JMSException {
        writer().writeLong(Double.doubleToRawLongBits(value));
    }

    @Override
    public void writeUTF(String value) throws JMSException {
        try (DataOutputStream data = new DataOutputStream(writer())) {
            data.writeUTF(value);
        } catch (IOException e) {
            throw JmsExceptions.with(e, JmsExceptions.conversion("The text takes more than 65,535 bytes"));
        }
    }

    @Override
    public void writeBytes(byte[] value) throws JMSException {
        writer().write(value, 0, value.length);
    }

    @Override
    public void writeBytes(byte[] value, int offset, int length) throws JMSException {
        BodyWriter out = writer();
        Objects.checkFromIndexSize(offset, length, value.length);
        out.write(value, offset, length);
    }

    @Override
    public void writeObject(Object value) throws JMSException {
        checkBodyWriteable();
        Objects.requireNonNull(value, "A bytes message holds no null");
        if (value instanceof String text) {
            writeUTF(text);
        } else if (value instanceof byte[] bytes) {
            writeBytes(bytes);
        } else if (value instanceof Boolean flag) {
            writeBoolean(flag);
        } else if (value instanceof Character c) {
            writeChar(c);
        } else {
            writeNumber(value);
        }
    }

    private void writeNumber(Object value) throws JMSException {
        if (value instanceof Byte number) {
            writeByte(number);
        } else if (value instanceof Short number) {
            writeShort(number);
        } else if (value instanceof Integer number) {
            writeInt(number);
        } else if (value instanceof Long number) {
            writeLong(number);
        } else if (value instanceof Float number) {
            writeFloat(number);
        } else if (value instanceof Double number) {
            writeDouble(number);
        } else {
            throw JmsExceptions.conversion("A body cannot hold a " + Conversions.className(value));
        }
    }

    /** A copy of the bytes; null when there are none. Resets before and after, as the API wants. */
    @Override
    public <T> @Nullable T getBody(Class<T> type) throws JMSException {
        reset();
        BodyReader in = reader();
        if (in.length() == 0) {
            return null;
        }
        byte[] copy = Arrays.copyOfRange(in.bytes(), in.start(), in.start() + in.length());
        return cast(copy, byte[].class, type);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the API's own signature
    public boolean isBodyAssignableTo(Class type) {
        int length = reader == null ? Objects.requireNonNull(written).length() : reader.length();
        return length == 0 || type.isAssignableFrom(byte[].class);
    }

    @Override
    BodyKind bodyKind() {
        return BodyKind.BYTES;
    }

    @Override
    void writeBody(ByteBuf out) {
        if (reader == null) {
            Objects.requireNonNull(written).writeTo(out);
        } else {
            reader.writeTo(out);
        }
    }
}
