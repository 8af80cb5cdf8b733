package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Encoding messages, as a producer sends them: identifier, time, body; one with five properties, too. */
@State(Scope.Thread)
public class EncoderBenchmark {
    private static final int BODY_BYTES = 256;

    private final Incarnation incarnation = new Incarnation(1, 2);
    private final MessageEncoder encoder = new MessageEncoder(incarnation, 1 << 20);
    private final ByteBuf out = Unpooled.directBuffer(2048);
    private final PgmMessage bytes = prepared(new PgmBytesMessage());
    private final PgmMessage text = prepared(new PgmTextMessage("x".repeat(BODY_BYTES)));
    private final PgmMessage properties = prepared(new PgmTextMessage("101.25"));

    /** Prepares the messages. */
    @Setup(Level.Trial)
    public void open() throws JMSException {
        ((PgmBytesMessage) bytes).writeBytes(new byte[BODY_BYTES]);
        properties.setStringProperty("symbol", "IBM");
        properties.setStringProperty("venue", "XNYS");
        properties.setDoubleProperty("price", 101.25);
        properties.setIntProperty("volume", 500);
        properties.setBooleanProperty("open", true);
    }

    private PgmMessage prepared(PgmMessage message) {
        message.assignId(new MessageId(incarnation, 1));
        message.setJMSTimestamp(1);
        return message;
    }

    private int encode(PgmMessage message) throws JMSException {
        out.clear();
        encoder.encode(message, 1, out);
        return out.writerIndex();
    }

    /** 256 bytes. */
    @Benchmark
    public int bytes() throws JMSException {
        return encode(bytes);
    }

    /** A text of 256 characters. */
    @Benchmark
    public int text() throws JMSException {
        return encode(text);
    }

    /** A short text and five properties. */
    @Benchmark
    public int properties() throws JMSException {
        return encode(properties);
    }
}
