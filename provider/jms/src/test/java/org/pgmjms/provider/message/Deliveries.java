package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import org.pgmjms.provider.destination.PgmTopic;

/** Sends messages through the whole codec, without a network. */
final class Deliveries {
    static final PgmTopic TOPIC = new PgmTopic("quotes.MSFT");
    static final Incarnation SENDER = new Incarnation(0x0123456789ABCDEFL, 0xFEDCBA9876543210L);
    static final String SOURCE = "1.2.3.4.5.6.7500";
    static final int LIMIT = 1 << 24;

    private Deliveries() {}

    static MessageEncoder encoder() {
        return new MessageEncoder(SENDER, LIMIT);
    }

    static ByteBuf content(PgmMessage message) throws JMSException {
        ByteBuf content = Unpooled.buffer();
        encoder().encode(message, 1, content);
        return content;
    }

    static ByteBuf envelope(ByteBuf content, PgmTopic topic, long sequence) {
        EnvelopeWriter writer = new EnvelopeWriter(SENDER);
        int limit = EnvelopeWriter.envelopeLength(topic.nameUtf8().length, content.readableBytes());
        ByteBuf envelope = Unpooled.buffer(limit, limit);
        writer.begin(envelope, 0, limit);
        if (!writer.append(
                topic.topicId(), topic.nameUtf8(), sequence, sequence == 1, content, 0, content.readableBytes())) {
            throw new AssertionError("envelopeLength is wrong");
        }
        return envelope.writerIndex(writer.finish());
    }

    static InboundMessage inbound(PgmMessage message) throws JMSException {
        return inbound(content(message));
    }

    static InboundMessage inbound(ByteBuf content) {
        ByteBuf envelope = envelope(content, TOPIC, 1);
        EnvelopeReader reader = new EnvelopeReader();
        Verdict verdict = reader.wrap(envelope, 0, envelope.writerIndex());
        if (verdict != Verdict.OK || !reader.nextFrame()) {
            throw new AssertionError("own envelope: " + verdict);
        }
        return new InboundMessage(TOPIC, reader.frame(), SOURCE, false);
    }

    /** What the first consumer gets. */
    @SuppressWarnings("unchecked")
    static <M extends PgmMessage> M deliver(M message) throws JMSException {
        return (M) inbound(message).decode(1, 0);
    }
}
