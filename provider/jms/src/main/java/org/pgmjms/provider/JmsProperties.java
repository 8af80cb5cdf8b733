package org.pgmjms.provider;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The {@code jms.*} settings of a connection factory as bean properties, all of them text; null is not set. */
public abstract sealed class JmsProperties extends TransportProperties permits BrokerProperties {
    @Serial
    private static final long serialVersionUID = 1;

    JmsProperties() {}

    /** {@code jms.clientId}: client identifier of the factory's connections. */
    public final void setJmsClientId(@Nullable String value) {
        set("jms.clientId", value);
    }

    /** The value of {@code jms.clientId} that was set, or null. */
    public final @Nullable String getJmsClientId() {
        return get("jms.clientId");
    }

    /** {@code jms.users}: file of the users who may make connections. */
    public final void setJmsUsers(@Nullable String value) {
        set("jms.users", value);
    }

    /** The value of {@code jms.users} that was set, or null. */
    public final @Nullable String getJmsUsers() {
        return get("jms.users");
    }

    /**
     * {@code jms.topics}: which topics take which channel, the first rule that says something counts: quotes.> =
     * 239.192.7.0/28:7501.
     */
    public final void setJmsTopics(@Nullable String value) {
        set("jms.topics", value);
    }

    /** The value of {@code jms.topics} that was set, or null. */
    public final @Nullable String getJmsTopics() {
        return get("jms.topics");
    }

    /** {@code jms.joinTimeout}: how long the first consumer of a channel waits for sources to be discovered. */
    public final void setJmsJoinTimeout(@Nullable String value) {
        set("jms.joinTimeout", value);
    }

    /** The value of {@code jms.joinTimeout} that was set, or null. */
    public final @Nullable String getJmsJoinTimeout() {
        return get("jms.joinTimeout");
    }

    /** {@code jms.lateJoin}: whether new consumers ask for what sources still hold from before: window does. */
    public final void setJmsLateJoin(@Nullable String value) {
        set("jms.lateJoin", value);
    }

    /** The value of {@code jms.lateJoin} that was set, or null. */
    public final @Nullable String getJmsLateJoin() {
        return get("jms.lateJoin");
    }

    /**
     * {@code jms.lossPolicy}: report tells the ExceptionListener of each gap; mark only the LossListener, with one
     * log line a burst; throw lets receive() throw once; rollback marks the transaction; stop closes the consumer.
     */
    public final void setJmsLossPolicy(@Nullable String value) {
        set("jms.lossPolicy", value);
    }

    /** The value of {@code jms.lossPolicy} that was set, or null. */
    public final @Nullable String getJmsLossPolicy() {
        return get("jms.lossPolicy");
    }

    /**
     * {@code jms.overrunPolicy}: what happens when a consumer is slower than its messages come; what is dropped is
     * reported with its count.
     */
    public final void setJmsOverrunPolicy(@Nullable String value) {
        set("jms.overrunPolicy", value);
    }

    /** The value of {@code jms.overrunPolicy} that was set, or null. */
    public final @Nullable String getJmsOverrunPolicy() {
        return get("jms.overrunPolicy");
    }

    /** {@code jms.prefetch.bytes}: how many bytes wait for a consumer at most; one message always may. */
    public final void setJmsPrefetchBytes(@Nullable String value) {
        set("jms.prefetch.bytes", value);
    }

    /** The value of {@code jms.prefetch.bytes} that was set, or null. */
    public final @Nullable String getJmsPrefetchBytes() {
        return get("jms.prefetch.bytes");
    }

    /** {@code jms.temporaryQueue.maxBytes}: how many bytes a temporary queue keeps at most. */
    public final void setJmsTemporaryQueueMaxBytes(@Nullable String value) {
        set("jms.temporaryQueue.maxBytes", value);
    }

    /** The value of {@code jms.temporaryQueue.maxBytes} that was set, or null. */
    public final @Nullable String getJmsTemporaryQueueMaxBytes() {
        return get("jms.temporaryQueue.maxBytes");
    }

    /** {@code jms.prefetch.messages}: how many messages wait for a consumer at most. */
    public final void setJmsPrefetchMessages(@Nullable String value) {
        set("jms.prefetch.messages", value);
    }

    /** The value of {@code jms.prefetch.messages} that was set, or null. */
    public final @Nullable String getJmsPrefetchMessages() {
        return get("jms.prefetch.messages");
    }

    /**
     * {@code jms.maxUnacknowledged}: how many messages a session keeps for recovery; at the limit nothing more is
     * delivered.
     */
    public final void setJmsMaxUnacknowledged(@Nullable String value) {
        set("jms.maxUnacknowledged", value);
    }

    /** The value of {@code jms.maxUnacknowledged} that was set, or null. */
    public final @Nullable String getJmsMaxUnacknowledged() {
        return get("jms.maxUnacknowledged");
    }

    /** {@code jms.maxUnacknowledgedBytes}: how many bytes a session keeps for recovery; one message always may. */
    public final void setJmsMaxUnacknowledgedBytes(@Nullable String value) {
        set("jms.maxUnacknowledgedBytes", value);
    }

    /** The value of {@code jms.maxUnacknowledgedBytes} that was set, or null. */
    public final @Nullable String getJmsMaxUnacknowledgedBytes() {
        return get("jms.maxUnacknowledgedBytes");
    }

    /**
     * {@code jms.redelivery.max}: how often a message comes again to a listener that keeps throwing, before it is
     * given up and reported.
     */
    public final void setJmsRedeliveryMax(@Nullable String value) {
        set("jms.redelivery.max", value);
    }

    /** The value of {@code jms.redelivery.max} that was set, or null. */
    public final @Nullable String getJmsRedeliveryMax() {
        return get("jms.redelivery.max");
    }

    /** {@code jms.maxMessageSize}: the largest message that is sent or taken, headers and properties included. */
    public final void setJmsMaxMessageSize(@Nullable String value) {
        set("jms.maxMessageSize", value);
    }

    /** The value of {@code jms.maxMessageSize} that was set, or null. */
    public final @Nullable String getJmsMaxMessageSize() {
        return get("jms.maxMessageSize");
    }

    /** {@code jms.sendTimeout}: how long send() waits for room before it fails. */
    public final void setJmsSendTimeout(@Nullable String value) {
        set("jms.sendTimeout", value);
    }

    /** The value of {@code jms.sendTimeout} that was set, or null. */
    public final @Nullable String getJmsSendTimeout() {
        return get("jms.sendTimeout");
    }

    /**
     * {@code jms.closeTimeout}: how long close() waits for exception and loss listeners; message listeners are
     * always waited for.
     */
    public final void setJmsCloseTimeout(@Nullable String value) {
        set("jms.closeTimeout", value);
    }

    /** The value of {@code jms.closeTimeout} that was set, or null. */
    public final @Nullable String getJmsCloseTimeout() {
        return get("jms.closeTimeout");
    }

    /** {@code jms.order}: topic: a gap in one topic delays no other; source: all topics of a source keep one order. */
    public final void setJmsOrder(@Nullable String value) {
        set("jms.order", value);
    }

    /** The value of {@code jms.order} that was set, or null. */
    public final @Nullable String getJmsOrder() {
        return get("jms.order");
    }

    /** {@code jms.holdBackBytes}: what may wait behind gaps; past it the oldest gap is given up and reported. */
    public final void setJmsHoldBackBytes(@Nullable String value) {
        set("jms.holdBackBytes", value);
    }

    /** The value of {@code jms.holdBackBytes} that was set, or null. */
    public final @Nullable String getJmsHoldBackBytes() {
        return get("jms.holdBackBytes");
    }

    /**
     * {@code jms.clockSkew}: by how much the clocks of sender and receiver may differ; messages expire that much
     * later.
     */
    public final void setJmsClockSkew(@Nullable String value) {
        set("jms.clockSkew", value);
    }

    /** The value of {@code jms.clockSkew} that was set, or null. */
    public final @Nullable String getJmsClockSkew() {
        return get("jms.clockSkew");
    }

    /**
     * {@code jms.persistentWithoutBroker}: carry: PERSISTENT messages travel like others, with a warning; reject:
     * send() refuses them.
     */
    public final void setJmsPersistentWithoutBroker(@Nullable String value) {
        set("jms.persistentWithoutBroker", value);
    }

    /** The value of {@code jms.persistentWithoutBroker} that was set, or null. */
    public final @Nullable String getJmsPersistentWithoutBroker() {
        return get("jms.persistentWithoutBroker");
    }

    /**
     * {@code jms.deserialization.allowList}: classes and packages that the bodies of received ObjectMessages may
     * consist of, separated by commas; by default no body is deserialised.
     */
    public final void setJmsDeserializationAllowList(@Nullable String value) {
        set("jms.deserialization.allowList", value);
    }

    /** The value of {@code jms.deserialization.allowList} that was set, or null. */
    public final @Nullable String getJmsDeserializationAllowList() {
        return get("jms.deserialization.allowList");
    }

    /** {@code jms.deserialization.maxDepth}: how deep objects in received bodies may refer to others. */
    public final void setJmsDeserializationMaxDepth(@Nullable String value) {
        set("jms.deserialization.maxDepth", value);
    }

    /** The value of {@code jms.deserialization.maxDepth} that was set, or null. */
    public final @Nullable String getJmsDeserializationMaxDepth() {
        return get("jms.deserialization.maxDepth");
    }

    /** {@code jms.deserialization.maxReferences}: how many references a received body may have. */
    public final void setJmsDeserializationMaxReferences(@Nullable String value) {
        set("jms.deserialization.maxReferences", value);
    }

    /** The value of {@code jms.deserialization.maxReferences} that was set, or null. */
    public final @Nullable String getJmsDeserializationMaxReferences() {
        return get("jms.deserialization.maxReferences");
    }

    /** {@code jms.deserialization.maxArray}: how long an array, or the table of a collection, in them may be. */
    public final void setJmsDeserializationMaxArray(@Nullable String value) {
        set("jms.deserialization.maxArray", value);
    }

    /** The value of {@code jms.deserialization.maxArray} that was set, or null. */
    public final @Nullable String getJmsDeserializationMaxArray() {
        return get("jms.deserialization.maxArray");
    }
}
