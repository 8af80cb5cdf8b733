package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.MessageEncoder;
import org.pgmjms.provider.message.MessageId;
import org.pgmjms.provider.message.PgmBytesMessage;

/** Five messages of 256 bytes through a transport: into the queue, out of it into one packet, and to a listener. */
@State(Scope.Thread)
public class LinkBenchmark implements LinkListener {
    private static final int MESSAGES = 5;
    private static final int BODY_BYTES = 256;
    private static final int MAX_MESSAGE = 1 << 20;

    /** How many topics they are spread over. */
    @Param({"1", "10000"})
    int topics;

    private final OutboundLink outbound =
            new OutboundLink(new SendQueue(1 << 20, MAX_MESSAGE), MAX_MESSAGE, new Incarnation(1, 2), 65_536);
    private final InboundLink inbound = new InboundLink(DeliveryOrder.CONTIGUOUS, 1 << 24, 1 << 24);
    private final ByteBuf message = Unpooled.directBuffer(1024);
    private final ByteBuf packet = Unpooled.directBuffer(2048, 2048);
    private LinkTopic[] destinations = {};
    private int nextTopic;
    private int nextSqn;
    private long received;
    private long bytes;

    /** Opens both halves. */
    @Setup(Level.Trial)
    public void open() throws JMSException {
        PgmBytesMessage body = new PgmBytesMessage();
        body.assignId(new MessageId(new Incarnation(1, 2), 1));
        body.setJMSTimestamp(1);
        body.writeBytes(new byte[BODY_BYTES]);
        new MessageEncoder(new Incarnation(1, 2), MAX_MESSAGE).encode(body, 1, message);
        outbound.attach(new NullPublication());
        inbound.onSession(NullPublication.TSI, SessionStart.FROM_BIRTH);
    }

    /** Listens to one topic of those there are. */
    @Setup(Level.Trial)
    public void listen() {
        destinations = new LinkTopic[topics];
        for (int i = 0; i < topics; i++) {
            destinations[i] = new LinkTopic(new PgmTopic("quotes." + i));
            inbound.add(new Listening(destinations[i].topic(), this));
        }
    }

    private void publish() throws JMSException {
        for (int i = 0; i < MESSAGES; i++) {
            nextTopic = nextTopic + 1 == topics ? 0 : nextTopic + 1;
            outbound.publish(destinations[nextTopic], message, 0);
        }
    }

    private int fill() {
        int filled = outbound.fill(packet, 0, NullPublication.MAX_TSDU, 0);
        outbound.onStored(nextSqn, nextSqn);
        packet.setIndex(0, filled);
        return filled;
    }

    /** Queues and packs; a packet may take four only. */
    @Benchmark
    public int pack() throws JMSException {
        publish();
        while (outbound.nextLength() > 0) {
            bytes += fill();
        }
        return (int) bytes;
    }

    /** Queues, packs, reads, and calls the listener. */
    @Benchmark
    public long packAndTake() throws JMSException {
        publish();
        while (outbound.nextLength() > 0) {
            fill();
            inbound.onApdu(NullPublication.TSI, nextSqn, nextSqn, packet, 0);
            nextSqn++;
            inbound.onResolved(NullPublication.TSI, nextSqn);
        }
        return received;
    }

    @Override
    public void onMessage(InboundMessage inboundMessage) {
        received++;
    }

    @Override
    public void onLoss(LossReport report) {
        throw new AssertionError(report);
    }

    @Override
    public void onSource(SourceEvent event) {
        // there is one
    }

    @Override
    public void onFailed(Exception cause) {
        throw new AssertionError(cause);
    }
}
