package org.pgmjms.provider.message;

import jakarta.jms.DeliveryMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.selector.SelectorSubject;

/**
 * A received message, still encoded: its own copy of one frame's content, and where it came from. Immutable; safe for
 * any thread, so one object may serve several subscriptions. {@link #decode} makes a fresh message from the same bytes
 * each time, which is how redelivery gets the message as it was sent (Jakarta Messaging 3.1, section 3.10).
 */
public final class InboundMessage implements SelectorSubject {
    private static final int OBJECT_OVERHEAD_BYTES = 160;
    private static final String NO_SOURCE = "";

    private final PgmTopic topic;
    private final String source;
    private final long sequence;
    private final boolean isReplayed;
    private final Incarnation incarnation;
    private final Verdict verdict;
    private final @Nullable FrameContent content;
    /** The identifier that a broker has given it; null for all that came over the network. */
    private final @Nullable String brokersId;

    /**
     * Copies and checks a frame's content.
     *
     * @param topic what the frame's topic is called here
     * @param frame borrowed
     * @param source the transport session it came from, as text
     * @param replayed whether it was sent before the consumer joined
     */
    public InboundMessage(PgmTopic topic, FrameView frame, String source, boolean replayed) {
        this.topic = topic;
        this.source = source;
        sequence = frame.sequence();
        isReplayed = replayed;
        incarnation = frame.incarnation();
        ContentCheck check = frame.check();
        verdict = check.check(frame.content());
        content = check.content();
        brokersId = null;
    }

    private InboundMessage(PgmTopic topic, ContentCheck checked, Verdict verdict, @Nullable String messageId) {
        this.topic = topic;
        this.source = NO_SOURCE;
        this.sequence = 0;
        isReplayed = false;
        incarnation = new Incarnation(0, 0);
        this.verdict = verdict;
        content = checked.content();
        brokersId = messageId;
    }

    /**
     * A message that a broker kept: it has no source, and the identifier that the broker has given it.
     *
     * @param content as {@link MessageEncoder} writes it, not to be changed any more
     */
    static InboundMessage stored(PgmTopic topic, byte[] content, @Nullable String messageId) {
        ContentCheck check = new ContentCheck();
        return new InboundMessage(topic, check, check.check(content), messageId);
    }

    private InboundMessage(PgmTopic topic, FrameContent body, String source, long sequence, boolean replayed) {
        this.topic = topic;
        this.source = source;
        this.sequence = sequence;
        isReplayed = replayed;
        incarnation = new Incarnation(0, 0);
        verdict = Verdict.OK;
        content = body;
        brokersId = null;
    }

    /**
     * A bare APDU, to be delivered as a {@code BytesMessage}.
     *
     * @param apdu its bytes, not to be changed any more
     * @param sequence the PGM sequence number of its first packet, unsigned
     */
    public static InboundMessage raw(PgmTopic topic, byte[] apdu, String source, long sequence, boolean replayed) {
        return new InboundMessage(topic, FrameContent.raw(apdu), source, sequence, replayed);
    }

    /**
     * A message of several parts, to be delivered as a {@code StreamMessage} of byte arrays.
     *
     * @param elements what {@link ZmqReader} made of the parts, not to be changed any more
     * @param sequence the PGM sequence number of the packet it began in, unsigned
     */
    public static InboundMessage parts(
            PgmTopic topic, byte[] elements, String source, long sequence, boolean replayed) {
        return new InboundMessage(topic, FrameContent.elements(elements), source, sequence, replayed);
    }

    /** Whether it is a message at all; of one that is not, only topic, source, sequence and this may be asked. */
    public Verdict verdict() {
        return verdict;
    }

    private FrameContent content() {
        return Objects.requireNonNull(content, "only after Verdict.OK");
    }

    /** The topic it was sent to. */
    public PgmTopic topic() {
        return topic;
    }

    /** The transport session it came from, as text; empty for what a broker kept. */
    public String source() {
        return source;
    }

    /** The topic's sequence at its source; for raw topics the PGM sequence number. */
    public long sequence() {
        return sequence;
    }

    /** Whether it was sent before the consumer joined. */
    public boolean isReplayed() {
        return isReplayed;
    }

    /** How long it is on the wire, header fields and properties included. */
    public int contentBytes() {
        return content().size();
    }

    /** What it takes in memory, roughly. */
    public int sizeBytes() {
        return OBJECT_OVERHEAD_BYTES + (content == null ? 0 : content.size());
    }

    /** The most bytes of frames that hold no more than this many messages, and no more than these {@link #sizeBytes}. */
    public static long frameBytes(long messages, long sizeBytes) {
        long shortest = EnvelopeFormat.NEXT_PREFIX_LENGTH + ContentFormat.FLAGS_LENGTH;
        long fitting = sizeBytes / (OBJECT_OVERHEAD_BYTES + shortest);
        return Math.min(messages, fitting) * shortest;
    }

    /** {@code JMSMessageID}, or null; allocates. */
    public @Nullable String messageId() {
        return content().has(ContentFormat.MESSAGE_ID)
                ? new MessageId(content().incarnation(incarnation), content().messageNumber()).toString()
                : brokersId;
    }

    /** {@code JMSTimestamp}, by the sender's clock; 0 for none. */
    public long timestamp() {
        return content().timestamp();
    }

    /** {@code JMSExpiration}, by the sender's clock; 0 for never. */
    public long expiration() {
        return content().expiration();
    }

    /** {@code JMSDeliveryTime}, by the sender's clock; 0 for at once. */
    public long deliveryTime() {
        return content().deliveryTime();
    }

    /** Whether it has a delivery time of its own, other than its timestamp. */
    public boolean isDelayed() {
        return content().has(ContentFormat.DELIVERY_TIME);
    }

    /** {@code JMSPriority}, 0 to 9. */
    public int priority() {
        return content().priority();
    }

    /** {@code JMSDeliveryMode}. */
    public int deliveryMode() {
        return content().has(ContentFormat.PERSISTENT) ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT;
    }

    /** Whether it says where to reply. */
    public boolean hasReplyTo() {
        return content().has(ContentFormat.REPLY_TO);
    }

    /** The broker that has stored it; 0 for none. */
    public long storedBy() {
        return content().storedBy();
    }

    /** Whether the connection with this number, of this incarnation, sent it. */
    public boolean isFrom(Incarnation sender, int connection) {
        return content().has(ContentFormat.CONNECTION)
                && content().connection() == connection
                && incarnation.equals(sender);
    }

    /**
     * A report that this message is lost.
     *
     * @param destination what it is reported for
     * @param count how many messages are lost with it, itself included; -1 when nobody knows
     */
    public LossReport asLost(PgmDestination destination, long count, LossCause cause) {
        return new LossReport(destination, source, sequence, sequence, count, cause);
    }

    /**
     * A header field that selectors may use, or a property, as it is on the first delivery. The body is not looked at;
     * only the value asked for is decoded. Jakarta Messaging 3.1, section 3.8.1.1.
     */
    @Override
    public @Nullable Object value(String identifier) {
        return switch (identifier) {
            case "JMSDeliveryMode" -> content().has(ContentFormat.PERSISTENT) ? "PERSISTENT" : "NON_PERSISTENT";
            case "JMSPriority" -> priority();
            case "JMSMessageID" -> messageId();
            case "JMSTimestamp" -> timestamp();
            case "JMSCorrelationID" -> content().correlationText();
            case "JMSType" -> content().type();
            default -> property(identifier);
        };
    }

    private @Nullable Object property(String name) {
        if (!PropertyNames.isSetByProvider(name)) {
            return content().property(name);
        }
        return switch (name) {
            case PropertyNames.GROUP_ID -> content().groupId();
            case PropertyNames.GROUP_SEQUENCE ->
                content().has(ContentFormat.GROUP_SEQUENCE) ? content().groupSequence() : null;
            default -> received(name, 1, 0);
        };
    }

    /**
     * The value of one of the properties that the provider sets on what it delivers; null when it is none, or not set.
     *
     * @param deliveryCount how often it was delivered, this time included
     * @param gapBefore how many messages are missing before it, -1 when nobody knows
     */
    @Nullable Object received(String name, int deliveryCount, long gapBefore) {
        return switch (name) {
            case PropertyNames.DELIVERY_COUNT -> deliveryCount;
            case PropertyNames.SOURCE -> source.isEmpty() ? null : source;
            case PropertyNames.SEQUENCE -> source.isEmpty() ? null : sequence;
            case PropertyNames.GAP_BEFORE -> gapBefore == 0 ? null : gapBefore;
            case PropertyNames.REPLAYED -> isReplayed ? Boolean.TRUE : null;
            default -> null;
        };
    }

    /**
     * A fresh message from these bytes.
     *
     * @param deliveryCount how often it has been delivered, this time included; more than 1 sets JMSRedelivered
     * @param gapBefore how many messages of the topic are missing before it, 0 for none, -1 for unknown
     */
    public PgmMessage decode(int deliveryCount, long gapBefore) {
        FrameContent in = content();
        MessageHeaders headers = new MessageHeaders(in, incarnation, topic);
        headers.isRedelivered = deliveryCount > 1;
        headers.foreignId = brokersId;
        MessageProperties properties = new MessageProperties(headers, in, this, deliveryCount, gapBefore);
        return switch (in.bodyKind()) {
            case NONE -> new PgmMessage(headers, properties);
            case TEXT -> new PgmTextMessage(headers, properties, in);
            case BYTES -> new PgmBytesMessage(headers, properties, in);
            case MAP -> new PgmMapMessage(headers, properties, in);
            case STREAM -> new PgmStreamMessage(headers, properties, in);
            case OBJECT -> new PgmObjectMessage(headers, properties, in);
        };
    }

    /** Where it came from; nothing of what it holds. */
    @Override
    public String toString() {
        return "InboundMessage[" + topic + ", " + source + ", " + sequence + ", " + verdict + "]";
    }
}
