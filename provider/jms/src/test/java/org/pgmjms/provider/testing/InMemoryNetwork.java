package org.pgmjms.provider.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.destination.TopicPattern;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.JmsLimits;
import org.pgmjms.provider.link.Link;
import org.pgmjms.provider.link.LinkFactory;
import org.pgmjms.provider.link.LinkListener;
import org.pgmjms.provider.link.LinkSettings;
import org.pgmjms.provider.link.LinkSubscription;
import org.pgmjms.provider.link.LinkTopic;
import org.pgmjms.provider.link.SubscribeOptions;
import org.pgmjms.provider.link.Train;
import org.pgmjms.provider.link.TrainReservation;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.EnvelopeReader;
import org.pgmjms.provider.message.EnvelopeWriter;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.Verdict;
import org.pgmjms.provider.message.ZmqReader;

/**
 * Transports without a network: what is published reaches every subscription with equal settings, encoded and decoded
 * as it would be, on the publishing thread or when the test steps. Can lose messages; a loss is reported before the next
 * message of the topic, or when {@link #reportLosses} is called. Every open link is a source.
 */
public final class InMemoryNetwork implements LinkFactory {
    private static final int MOST_BYTES = 1 << 20;

    /** Serialises what the receive agent would do. */
    private final ReentrantLock agent = new ReentrantLock();

    private final List<Joined> subscriptions = new CopyOnWriteArrayList<>();
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private final Map<String, Gap> gaps = new HashMap<>();
    private final List<SubscribeOptions> options = new ArrayList<>();
    private final Set<String> fullGroups = ConcurrentHashMap.newKeySet();
    private final JmsLimits limits = new JmsLimits(() -> 0);
    private int openReservations;
    private int sources;
    private int openLinks;
    private int toLose;
    private boolean holding;

    /** From here on nothing arrives before {@link #step} or {@link #flow}. */
    public void hold() {
        locked(() -> holding = true);
    }

    /** Lets what was published next arrive: a message, or a train. */
    public void step() {
        locked(() -> held.remove().run());
    }

    /** Lets everything arrive, now and from here on. */
    public void flow() {
        locked(() -> {
            holding = false;
            while (!held.isEmpty()) {
                held.remove().run();
            }
        });
    }

    /** The next messages that are published get lost; with one message of a train, all of it. */
    public void loseNext(int count) {
        locked(() -> toLose = count);
    }

    /** From here on transports of this group have no room, or have it again. */
    public void full(String group, boolean full) {
        locked(() -> {
            if (full) {
                fullGroups.add(group);
            } else {
                fullGroups.remove(group);
            }
        });
    }

    /** Trains that hold room: reserved, neither published nor released. */
    public int openReservations() {
        return openReservations;
    }

    /** Reports what was lost and not yet reported. */
    public void reportLosses() {
        locked(() -> List.copyOf(gaps.values()).forEach(this::report));
    }

    /** Hands a report to all subscriptions of its topic. */
    public void report(LossReport report) {
        locked(() -> subscriptions.stream()
                .filter(joined -> joined.takes((PgmTopic) report.destination()))
                .forEach(joined -> joined.listener.onLoss(report)));
    }

    /** Tells all subscriptions of a source. */
    public void announce(SourceEvent event) {
        locked(() -> subscriptions.forEach(joined -> joined.listener.onSource(event)));
    }

    /** Every transport fails. */
    public void fail(Exception cause) {
        locked(() -> subscriptions.forEach(joined -> joined.listener.onFailed(cause)));
    }

    /** Subscriptions that are open. */
    public int subscriptions() {
        return subscriptions.size();
    }

    /** How each subscription so far was asked for. */
    public List<SubscribeOptions> options() {
        return List.copyOf(options);
    }

    /** Links that are not released. */
    public int openLinks() {
        return openLinks;
    }

    @Override
    public void check(LinkSettings settings) throws JMSException {
        if (settings.pgm().containsValue("refused")) {
            throw JmsExceptions.invalidSetting("pgm", "refused", "anything else");
        }
    }

    @Override
    public JmsLimits limits() {
        return limits;
    }

    @Override
    public Link open(LinkSettings settings) {
        locked(() -> {
            sources++;
            openLinks++;
        });
        return new MemoryLink(settings, "source-" + sources);
    }

    private void locked(Runnable action) {
        agent.lock();
        try {
            action.run();
        } finally {
            agent.unlock();
        }
    }

    private void report(Gap gap) {
        gaps.remove(gap.key);
        report(new LossReport(
                gap.topic, gap.source, gap.first, gap.last, gap.last - gap.first + 1, LossCause.TRAIL_PASSED));
    }

    private static final class Gap {
        private final String key;
        private final PgmTopic topic;
        private final String source;
        private final long first;
        private long last;

        Gap(String key, PgmTopic topic, String source, long first) {
            this.key = key;
            this.topic = topic;
            this.source = source;
            this.first = first;
        }
    }

    private record Joined(LinkSettings settings, PgmTopic topic, LinkListener listener) {
        boolean takes(PgmTopic published) {
            return topic.isPattern()
                    ? TopicPattern.of(topic.name()).matches(published.name())
                    : topic.name().equals(published.name());
        }

        /** A topic as the subscriber calls it. */
        PgmTopic named(PgmTopic published) {
            return topic.isPattern() ? topic.withName(published.name()) : topic;
        }
    }

    private record Outgoing(PgmTopic topic, byte[] content) {}

    private final class MemoryLink implements Link {
        private final LinkSettings settings;
        private final String source;
        private final Map<PgmTopic, Long> sequences = new HashMap<>();
        private long published;

        MemoryLink(LinkSettings settings, String source) {
            this.settings = settings;
            this.source = source;
        }

        @Override
        public void publish(LinkTopic topic, ByteBuf message, long timeoutNs) throws JMSException {
            checkRoom(timeoutNs);
            List<Outgoing> alone = List.of(new Outgoing(topic.topic(), ByteBufUtil.getBytes(message)));
            locked(() -> send(alone));
        }

        @Override
        public TrainReservation reserve(Train train, long timeoutNs) throws JMSException {
            checkRoom(timeoutNs);
            List<Outgoing> all = train.messages().stream()
                    .map(message -> new Outgoing(message.topic(), ByteBufUtil.getBytes(message.content())))
                    .toList();
            locked(() -> openReservations++);
            return new TrainReservation() {
                private boolean published;
                private boolean released;

                @Override
                public void publish() {
                    if (published) {
                        throw new IllegalStateException("A train is published once");
                    }
                    if (!released) {
                        published = true;
                        locked(() -> {
                            openReservations--;
                            send(all);
                        });
                    }
                }

                @Override
                public void release() {
                    if (!published && !released) {
                        released = true;
                        locked(() -> openReservations--);
                    }
                }
            };
        }

        private void checkRoom(long timeoutNs) throws JMSException {
            if (fullGroups.contains(settings.group())) {
                throw JmsExceptions.sendTimeout(
                        "No room within " + timeoutNs / 1_000_000 + " ms: " + settings.group() + " is full");
            }
        }

        /** What is sent together arrives together, or all of it is lost. */
        private void send(List<Outgoing> together) {
            List<Runnable> arrivals = new ArrayList<>();
            boolean lost = toLose > 0;
            for (Outgoing message : together) {
                PgmTopic topic = message.topic;
                published++;
                long sequence = sequences.merge(topic, 1L, Long::sum);
                if (lost) {
                    gaps.computeIfAbsent(source + topic, key -> new Gap(key, topic, source, sequence)).last = sequence;
                } else {
                    arrivals.add(() -> arrive(topic, message.content, sequence));
                }
            }
            if (lost) {
                toLose = Math.max(0, toLose - together.size());
            } else if (holding) {
                held.add(() -> arrivals.forEach(Runnable::run));
            } else {
                arrivals.forEach(Runnable::run);
            }
        }

        private void arrive(PgmTopic topic, byte[] content, long sequence) {
            Gap gap = gaps.get(source + topic);
            if (gap != null) {
                report(gap);
            }
            for (Joined joined : subscriptions) {
                if (joined.takes(topic) && joined.settings.equals(settings)) {
                    joined.listener.onMessage(message(joined.named(topic), content, sequence));
                    joined.listener.onBatchEnd();
                }
            }
        }

        private InboundMessage message(PgmTopic topic, byte[] content, long sequence) {
            return switch (settings.format()) {
                case JMS -> decoded(topic, content, sequence);
                case RAW -> InboundMessage.raw(topic, content, source, sequence, false);
                case ZMQ -> putTogether(topic, content, sequence);
            };
        }

        private InboundMessage putTogether(PgmTopic topic, byte[] content, long sequence) {
            ByteBuf apdu = Unpooled.buffer().writeShort(0).writeBytes(content);
            List<InboundMessage> messages = new ArrayList<>();
            new ZmqReader(MOST_BYTES)
                    .take(
                            0,
                            apdu,
                            (body, isStream, number) -> messages.add(
                                    isStream
                                            ? InboundMessage.parts(topic, body, source, sequence, false)
                                            : InboundMessage.raw(topic, body, source, sequence, false)));
            return messages.get(0);
        }

        private InboundMessage decoded(PgmTopic topic, byte[] content, long sequence) {
            byte[] name = topic.nameUtf8();
            ByteBuf apdu = Unpooled.buffer(EnvelopeWriter.envelopeLength(name.length, content.length));
            EnvelopeWriter writer = new EnvelopeWriter(Incarnation.ofThisJvm());
            writer.begin(apdu, 0, apdu.capacity());
            writer.append(
                    topic.topicId(), name, sequence, sequence == 1, Unpooled.wrappedBuffer(content), 0, content.length);
            int length = writer.finish();
            EnvelopeReader reader = new EnvelopeReader();
            if (reader.wrap(apdu, 0, length) != Verdict.OK || !reader.nextFrame()) {
                throw new AssertionError("What was written cannot be read");
            }
            return new InboundMessage(topic, reader.frame(), source, false);
        }

        @Override
        public LinkSubscription subscribe(PgmTopic topic, SubscribeOptions how, LinkListener listener) {
            Joined joined = new Joined(settings, topic, listener);
            locked(() -> {
                options.add(how);
                subscriptions.add(joined);
            });
            return () -> locked(() -> subscriptions.remove(joined));
        }

        @Override
        public int maxMessageBytes() {
            return Math.min(settings.maxMessageBytes(), MOST_BYTES);
        }

        @Override
        public int maxTrainBytes() {
            return maxMessageBytes();
        }

        @Override
        public Map<String, Long> statistics() {
            return Map.of("source.odata_sent", published);
        }

        @Override
        public void release() {
            locked(() -> openLinks--);
        }
    }
}
