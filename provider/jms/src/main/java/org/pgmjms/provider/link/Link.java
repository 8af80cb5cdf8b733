package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.util.Map;
import org.pgmjms.provider.destination.PgmTopic;

/** One connection's view on a shared transport. Safe for any thread. */
public interface Link {

    /**
     * Queues an encoded message; its order among messages of the same caller is kept. Sends on the calling thread when
     * the channel is idle.
     *
     * @param topic where to; kept by the caller for the next message, to this link only
     * @param message what {@code MessageEncoder} wrote (raw links: the body); copied before the call returns
     * @param timeoutNs how long to wait for room; past it a {@code JMSException} says what was in the way
     */
    void publish(LinkTopic topic, ByteBuf message, long timeoutNs) throws JMSException;

    /**
     * Sets room aside for all that a transaction sends on this channel, both in the queue and in the engine's window, or
     * throws and holds nothing. Who reserves on several links does it in the same order everywhere, so that two
     * transactions never wait for each other.
     *
     * <p>On raw links a train is a run of messages: all are sent or none, one behind another, but a receiver that loses
     * some gets the others.
     *
     * @param train copied before the call returns
     * @param timeoutNs how long to wait for room in all, at least 0; past it a {@code ResourceAllocationException} says
     *     what was in the way
     * @throws JMSException also when the train can never be sent: it is larger than {@link #maxTrainBytes}, counting what
     *     frames its messages, or the transport has failed
     */
    TrainReservation reserve(Train train, long timeoutNs) throws JMSException;

    /**
     * Joins the channel if nobody here has yet, and returns when it is joined.
     *
     * @param topic what to take
     * @param options how
     * @param listener who takes it
     */
    LinkSubscription subscribe(PgmTopic topic, SubscribeOptions options, LinkListener listener) throws JMSException;

    /** The largest encoded message that can be sent, in bytes. */
    int maxMessageBytes();

    /** The most that a transaction may send on this channel, in bytes; at least {@link #maxMessageBytes}. */
    int maxTrainBytes();

    /**
     * What the transport has counted, by names such as {@code source.odata_sent} and {@code receiver.repaired}; of the
     * halves that are open.
     */
    Map<String, Long> statistics();

    /**
     * Gives the view back. The last one of a transport that has sent something flushes what is queued and announces it
     * before this returns; the transport lingers in the background.
     */
    void release();
}
