package org.pgmjms.provider.link;

import jakarta.jms.JMSException;
import java.time.Duration;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.message.Incarnation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transport's settings, checked and in the engine's words. Immutable. */
final class ChannelPlan {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelPlan.class);

    private final LinkSettings settings;
    private final EngineSettings engine;
    private final ChannelConfig channel;

    private ChannelPlan(LinkSettings settings, EngineSettings engine, ChannelConfig channel) {
        this.settings = settings;
        this.engine = engine;
        this.channel = channel;
    }

    /** Checks settings; opens nothing. */
    static ChannelPlan of(LinkSettings settings) throws JMSException {
        if (!settings.scheme().equals("epgm")) {
            throw JmsExceptions.invalidSetting("scheme", settings.scheme(), "epgm, which is PGM in UDP");
        }
        if (settings.maxMessageBytes() < 1) {
            throw JmsExceptions.invalidSetting(
                    "jms.maxMessageSize", String.valueOf(settings.maxMessageBytes()), "at least 1");
        }
        if (settings.holdBackBytes() < 1) {
            throw JmsExceptions.invalidSetting(
                    "jms.holdBackBytes", String.valueOf(settings.holdBackBytes()), "at least 1");
        }
        try {
            EngineSettings engine = EngineSettings.parse(settings.pgm());
            ChannelConfig channel = engine.channel(settings.networkInterface(), settings.group(), settings.port());
            engine.source(settings.port());
            return new ChannelPlan(settings, engine, channel);
        } catch (PgmException e) {
            throw translated(e);
        }
    }

    /** The engine's exception in the words of Jakarta Messaging. */
    static JMSException translated(PgmException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.code()) {
            case INVALID_SETTING, BAD_GROUP -> JmsExceptions.invalidSetting(message, e);
            case NO_INTERFACE, PORT_IN_USE, SOCKET -> JmsExceptions.resource(message, e);
            case CLOSED -> JmsExceptions.channelFailed(message, e);
        };
    }

    ChannelConfig channel() {
        return channel;
    }

    /** Whether other programs than ours can be at the other end. */
    private boolean isForeign() {
        return settings.format() != LinkSettings.Format.JMS;
    }

    Duration linger() {
        return engine.linger();
    }

    /** A new source; each call draws another identifier. */
    SourceConfig source() throws PgmException {
        return engine.source(settings.port());
    }

    /** A source instead of one whose name somebody else has. */
    SourceConfig renamedSource() throws PgmException {
        return engine.renamedSource(settings.port());
    }

    ReceiverConfig receiver(boolean lateJoin) {
        return engine.receiver(order(), lateJoin, isForeign());
    }

    /** The receiving half that goes with {@link #receiver}. */
    Inbound<?> inbound(JmsLimits limits) {
        long incompleteBytes = settings.holdBackBytes() + settings.maxMessageBytes();
        Inbound<?> inbound = switch (settings.format()) {
            case JMS -> new InboundLink(order(), settings.holdBackBytes(), incompleteBytes);
            case RAW -> new RawInboundLink(BareReader::whole, incompleteBytes);
            case ZMQ -> new RawInboundLink(() -> BareReader.zmq(settings.maxMessageBytes()), incompleteBytes);
        };
        inbound.tell(limits, settings.group() + ":" + settings.port());
        return inbound;
    }

    /** The sending half. */
    Outbound outbound(SendQueue queue, int most) {
        return switch (settings.format()) {
            case JMS -> new OutboundLink(queue, most, Incarnation.ofThisJvm(), OutboundLink.TOPIC_CAPACITY);
            case RAW -> new RawOutboundLink(queue, most);
            case ZMQ -> new ZmqOutboundLink(queue, most);
        };
    }

    /** The largest message: what an APDU holds of what a transaction may hold; ZeroMQ's messages need several APDUs. */
    int maxMessageBytes(int maxTrainBytes) {
        return settings.format() == LinkSettings.Format.ZMQ
                ? maxTrainBytes
                : Math.min(maxTrainBytes, engine.maxApduBytes());
    }

    /** The most that a transaction may send on this channel: what is set, unless the windows could not hold two of it. */
    int maxTrainBytes() {
        long budget = Math.min(engine.windowBytes(), engine.receiveWindowBytes()) / 2;
        if (budget < settings.maxMessageBytes()) {
            LOG.warn(
                    "jms.maxMessageSize={} is cut to {} bytes, half of the smaller of pgm.window.bytes={} and"
                            + " the receive window of {} bytes",
                    settings.maxMessageBytes(),
                    budget,
                    engine.windowBytes(),
                    engine.receiveWindowBytes());
        }
        return (int) Math.min(budget, settings.maxMessageBytes());
    }

    private DeliveryOrder order() {
        boolean contiguous = isForeign() || settings.order() == LinkSettings.Order.SOURCE;
        return contiguous ? DeliveryOrder.CONTIGUOUS : DeliveryOrder.COMPLETE;
    }
}
