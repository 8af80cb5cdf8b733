package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.internal.PlatformDependent;
import jakarta.jms.JMSException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.testing.Allocations;

/** Writing and reading envelopes, and encoding, take no memory; a received message takes its copy and little else. */
@Tag("allocation")
class AllocationTest {
    static final int ROUNDS = 1000;
    private static final int PACKET = 1400;

    /** Less than one byte a round: what the measurement itself takes. */
    private static final long NOISE_BYTES = ROUNDS;

    /** What {@link #ROUNDS} rounds take, in bytes. */
    static long allocated(Allocations.Work<JMSException> work) throws JMSException {
        return Allocations.least(NOISE_BYTES, () -> {
            for (int i = 0; i < ROUNDS; i++) {
                work.run();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void envelopesAreWrittenAndReadInPlace(boolean direct) throws JMSException {
        assumeTrue(
                !direct || PlatformDependent.hasUnsafe(),
                "without Unsafe, Netty's own direct buffers make a view for each copy; the engine's do not");
        ByteBuf packet = direct ? Unpooled.directBuffer(PACKET, PACKET) : Unpooled.buffer(PACKET, PACKET);
        ByteBuf content = Deliveries.content(new PgmTextMessage("101.25"));
        byte[] name = Deliveries.TOPIC.nameUtf8();
        long topicId = Deliveries.TOPIC.topicId();
        EnvelopeWriter writer = new EnvelopeWriter(Deliveries.SENDER);
        EnvelopeReader reader = new EnvelopeReader();
        long[] sequence = {0};

        long allocated = allocated(() -> {
            writer.begin(packet, 0, PACKET);
            boolean more = true;
            while (more) {
                more = writer.append(topicId, name, ++sequence[0], false, content, 0, content.writerIndex());
            }
            int length = writer.finish();
            assertEquals(Verdict.OK, reader.wrap(packet, 0, length));
            while (reader.nextFrame()) {
                if (!reader.frame().nameIs(name) || reader.frame().topicId() != topicId) {
                    throw new AssertionError();
                }
            }
        });

        assertThat(allocated).isLessThan(NOISE_BYTES);
        packet.release();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void messagesAreEncodedInPlace(boolean direct) throws JMSException {
        ByteBuf out = direct ? Unpooled.directBuffer(PACKET, PACKET) : Unpooled.buffer(PACKET, PACKET);
        MessageEncoder encoder = Deliveries.encoder();
        PgmTextMessage text = new PgmTextMessage("101.25");
        text.assignId(new MessageId(Deliveries.SENDER, 1));
        text.setJMSTimestamp(1);
        text.setJMSType("quote");
        PgmBytesMessage bytes = new PgmBytesMessage();
        bytes.writeBytes(new byte[200]);
        bytes.reset();

        long allocated = allocated(() -> {
            encoder.encode(text, 1, out.clear());
            encoder.encode(bytes, 1, out);
        });

        assertThat(allocated).isLessThan(NOISE_BYTES);
        out.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10_000})
    void aReceivedMessageTakesOneCopyOfItsBody(int length) throws JMSException {
        ByteBuf content = Deliveries.content(new PgmTextMessage("x".repeat(length)));
        ByteBuf envelope = Deliveries.envelope(content, Deliveries.TOPIC, 1);
        EnvelopeReader reader = new EnvelopeReader();

        long allocated = allocated(() -> {
            reader.wrap(envelope, 0, envelope.writerIndex());
            reader.nextFrame();
            new InboundMessage(Deliveries.TOPIC, reader.frame(), Deliveries.SOURCE, false).decode(1, 0);
        });

        assertThat(allocated / ROUNDS).isLessThan(length + 400);
    }
}
