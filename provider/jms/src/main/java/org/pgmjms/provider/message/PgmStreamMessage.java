package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import jakarta.jms.JMSException;
import jakarta.jms.StreamMessage;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * A message whose body is a sequence of typed values. Jakarta Messaging 3.1, sections 3.11 and 3.11.3. Values are kept
 * encoded and read in place. A read that fails, by type or by form, leaves the position where it was.
 */
public final class PgmStreamMessage extends PgmMessage implements StreamMessage {
    /** {@link #bytesLeft} while no byte array is being read piece by piece. */
    private static final int NO_ARRAY = -1;

    private static final int ARRAY_PREFIX = Byte.BYTES + Integer.BYTES;

    private @Nullable ByteBuf written;
    private @Nullable BodyReader reader;
    private int bytesLeft = NO_ARRAY;

    /** An empty body, to be written. */
    public PgmStreamMessage() {
        written = newBuffer();
    }

    PgmStreamMessage(MessageHeaders headers, MessageProperties properties, FrameContent content) {
        super(headers, properties);
        reader = new BodyReader(content.bytes(), content.bodyAt(), content.size());
    }

    private interface Conversion<T extends @Nullable Object> {
        T apply(@Nullable Object value) throws JMSException;
    }

    private <T extends @Nullable Object> T read(Conversion<T> conversion) throws JMSException {
        BodyReader in = readerAtValue();
        if (bytesLeft != NO_ARRAY) {
            throw JmsExceptions.conversion("The byte array begun by readBytes has to be read to its end first");
        }
        T value = conversion.apply(Values.read(in.bytes(), in.position()));
        in.take(valueLength(in));
        return value;
    }

    private BodyReader readerAtValue() throws JMSException {
        if (reader == null) {
            throw JmsExceptions.writeOnly();
        }
        if (bytesLeft == NO_ARRAY) {
            reader.require(1);
        }
        return reader;
    }

    private static int valueLength(BodyReader in) {
        return Values.length(in.bytes(), in.position(), in.position() + in.remaining());
    }

    private void write(@Nullable Object value) throws JMSException {
        checkBodyWriteable();
        Values.write(value, "The text", Objects.requireNonNull(written, "writable bodies have a buffer"));
    }

    /** Grows on the heap; nobody has to release it. */
    private static ByteBuf newBuffer() {
        return new UnpooledHeapByteBuf(UnpooledByteBufAllocator.DEFAULT, 64, Integer.MAX_VALUE);
    }

    private static BodyReader readerOf(ByteBuf written) {
        return new BodyReader(written.array(), written.arrayOffset(), written.arrayOffset() + written.writerIndex());
    }

    @Override
    public void reset() throws JMSException {
        if (reader == null) {
            reader = readerOf(Objects.requireNonNull(written));
            written = null;
            bodyReadOnly(true);
        }
        reader.rewind();
        bytesLeft = NO_ARRAY;
    }

    @Override
    public void clearBody() throws JMSException {
        super.clearBody();
        reader = null;
        bytesLeft = NO_ARRAY;
        written = newBuffer();
    }

    @Override
    public boolean readBoolean() throws JMSException {
        return read(Conversions::toBoolean);
    }

    @Override
    public byte readByte() throws JMSException {
        return read(Conversions::toByte);
    }

    @Override
    public short readShort() throws JMSException {
        return read(Conversions::toShort);
    }

    @Override
    public char readChar() throws JMSException {
        return read(Conversions::toChar);
    }

    @Override
    public int readInt() throws JMSException {
        return read(Conversions::toInt);
    }

    @Override
    public long readLong() throws JMSException {
        return read(Conversions::toLong);
    }

    @Override
    public float readFloat() throws JMSException {
        return read(Conversions::toFloat);
    }

    @Override
    public double readDouble() throws JMSException {
        return read(Conversions::toDouble);
    }

    @Override
    public @Nullable String readString() throws JMSException {
        return this.<@Nullable String>read(Conversions::toText);
    }

    @Override
    public @Nullable Object readObject() throws JMSException {
        return this.<@Nullable Object>read(value -> value);
    }

    /** Reads an array piece by piece; it ends with the first piece shorter than {@code value}, or with -1. */
    @Override
    public int readBytes(byte[] value) throws JMSException {
        BodyReader in = readerAtValue();
        if (bytesLeft == NO_ARRAY) {
            int type = in.bytes()[in.position()];
            if (type == Values.NULL) {
                in.take(1);
                return -1;
            }
            if (type != Values.BYTES) {
                throw JmsExceptions.conversion("The value is no byte array");
            }
            return beginBytes(in, value);
        }
        if (bytesLeft == 0) {
            bytesLeft = NO_ARRAY;
            return -1;
        }
        return continueBytes(in, value);
    }

    private int beginBytes(BodyReader in, byte[] value) throws JMSException {
        bytesLeft = valueLength(in) - ARRAY_PREFIX;
        in.take(ARRAY_PREFIX);
        if (bytesLeft == 0) {
            bytesLeft = NO_ARRAY;
            return 0;
        }
        return continueBytes(in, value);
    }

    private int continueBytes(BodyReader in, byte[] value) throws JMSException {
        int count = Math.min(value.length, bytesLeft);
        System.arraycopy(in.bytes(), in.take(count), value, 0, count);
        bytesLeft = count < value.length ? NO_ARRAY : bytesLeft - count;
        return count;
    }

    @Override
    public void writeBoolean(boolean value) throws JMSException {
        write(value);
    }

    @Override
    public void writeByte(byte value) throws JMSException {
        write(value);
    }

    @Override
    public void writeShort(short value) throws JMSException {
        write(value);
    }

    @Override
    public void writeChar(char value) throws JMSException {
        write(value);
    }

    @Override
    public void writeInt(int value) throws JMSException {
        write(value);
    }

    @Override
    public void writeLong(long value) throws JMSException {
        write(value);
    }

    @Override
    public void writeFloat(float value) throws JMSException {
        write(value);
    }

    @Override
    public void writeDouble(double value) throws JMSException {
        write(value);
    }

    @Override
    public void writeString(@Nullable String value) throws JMSException {
        write(value);
    }

    @Override
    public void writeBytes(byte @Nullable [] value) throws JMSException {
        write(value);
    }

    @Override
    public void writeBytes(byte[] value, int offset, int length) throws JMSException {
        Objects.checkFromIndexSize(offset, length, value.length);
        write(Arrays.copyOfRange(value, offset, offset + length));
    }

    @Override
    public void writeObject(@Nullable Object value) throws JMSException {
        checkBodyWriteable();
        if (!Conversions.isBodyValue(value)) {
            throw JmsExceptions.conversion("A body cannot hold a " + Conversions.className(value));
        }
        write(value);
    }

    /** Never: a stream cannot be had as one object. */
    @Override
    public <T> T getBody(Class<T> type) throws JMSException {
        throw JmsExceptions.conversion("The body of a stream message cannot be had as one object");
    }

    @Override
    @SuppressWarnings("rawtypes") // the API's own signature
    public boolean isBodyAssignableTo(Class type) {
        return false;
    }

    @Override
    BodyKind bodyKind() {
        return BodyKind.STREAM;
    }

    @Override
    void writeBody(ByteBuf out) {
        if (reader == null) {
            ByteBuf body = Objects.requireNonNull(written);
            out.writeBytes(body, 0, body.writerIndex());
        } else {
            reader.writeTo(out);
        }
    }
}
