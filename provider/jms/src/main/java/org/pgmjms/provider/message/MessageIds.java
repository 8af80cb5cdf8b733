package org.pgmjms.provider.message;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers messages, connections and transactions of one incarnation. Safe for any thread. */
public final class MessageIds {
    private static final MessageIds OF_THIS_JVM = new MessageIds(Incarnation.ofThisJvm());

    private final Incarnation incarnation;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong transactions = new AtomicLong();

    /** Numbers from 1 within this incarnation. */
    public MessageIds(Incarnation incarnation) {
        this.incarnation = incarnation;
    }

    /** The one that all connections of this class loader share. */
    public static MessageIds ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** What makes the numbers unique. */
    public Incarnation incarnation() {
        return incarnation;
    }

    /** The next message's identifier. */
    public MessageId next() {
        return new MessageId(incarnation, messages.incrementAndGet());
    }

    /** The next connection's number, from 1; frames carry it so that a consumer can leave out its own connection's. */
    public int nextConnection() {
        return connections.incrementAndGet();
    }

    /** The next transaction's number, from 1. */
    public long nextTransaction() {
        return transactions.incrementAndGet();
    }
}
