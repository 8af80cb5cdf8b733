package org.pgmjms.provider;

import io.netty.buffer.ByteBuf;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pgmjms.provider.client.ClientRuntime;
import org.pgmjms.provider.client.Dispatcher;
import org.pgmjms.provider.client.SerialLane;
import org.pgmjms.provider.client.Workers;
import org.pgmjms.provider.destination.PgmTopic;
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
import org.pgmjms.provider.message.InboundMessage;

/** From the transport's call through queue and session to a message listener, on one thread. */
@State(Scope.Thread)
public class DispatchBenchmark implements LinkFactory, Link, Workers {
    private static final int BATCH = 32;

    private final List<LinkListener> subscribed = new ArrayList<>();
    private final List<Dispatcher.Deliveries> sessions = new ArrayList<>();
    private final InboundMessage message =
            InboundMessage.raw(new PgmTopic("quotes.us"), new byte[256], "source", 1, false);
    private final JmsLimits limits = new JmsLimits(System::nanoTime);
    private long heard;

    /** A session with a listener. */
    @Setup(Level.Trial)
    public void open() throws JMSException {
        ClientRuntime machine = ClientRuntime.of(this);
        ClientRuntime runtime = new ClientRuntime(
                this,
                machine.clock(),
                this,
                machine.clientIds(),
                machine.sharedSubscriptions(),
                machine.persistentWarnings(),
                machine.branches());
        Connection connection = new PgmConnectionFactory("epgm://lo;239.192.0.1:7500", runtime).createConnection();
        connection.start();
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        session.createConsumer(session.createTopic("quotes.us")).setMessageListener(this::onMessage);
    }

    private void onMessage(Message delivered) {
        heard++;
    }

    private void hand(int messages) {
        LinkListener listener = subscribed.get(0);
        for (int i = 0; i < messages; i++) {
            listener.onMessage(message);
        }
        listener.onBatchEnd();
        for (Dispatcher.Deliveries session : sessions) {
            while (session.deliverRound()) {
                // more may be there
            }
        }
    }

    /** One message, alone in its batch. */
    @Benchmark
    public long one() {
        hand(1);
        return heard;
    }

    /** A batch of 32 messages. */
    @Benchmark
    public long batchOf32() {
        hand(BATCH);
        return heard;
    }

    @Override
    public void check(LinkSettings settings) {
        // all are good
    }

    @Override
    public JmsLimits limits() {
        return limits;
    }

    @Override
    public Link open(LinkSettings settings) {
        return this;
    }

    @Override
    public void publish(LinkTopic topic, ByteBuf encoded, long timeoutNs) {
        throw new AssertionError("nothing is sent");
    }

    @Override
    public TrainReservation reserve(Train train, long timeoutNs) {
        throw new AssertionError("nothing is sent");
    }

    @Override
    public LinkSubscription subscribe(PgmTopic topic, SubscribeOptions options, LinkListener listener) {
        subscribed.add(listener);
        return () -> subscribed.remove(listener);
    }

    @Override
    public int maxMessageBytes() {
        return 1 << 20;
    }

    @Override
    public int maxTrainBytes() {
        return 1 << 20;
    }

    @Override
    public Map<String, Long> statistics() {
        return Map.of();
    }

    @Override
    public void release() {
        subscribed.clear();
    }

    @Override
    public Dispatcher dispatcher(String name, Dispatcher.Deliveries deliveries) {
        sessions.add(deliveries);
        return new Dispatcher() {
            @Override
            public void wake() {
                // the benchmark knows
            }

            @Override
            public void close() {
                sessions.remove(deliveries);
            }
        };
    }

    @Override
    public SerialLane lane(String name) {
        return new SerialLane() {
            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public boolean isCurrent() {
                return false;
            }

            @Override
            public void close(long deadlineNs) {
                // nothing waits
            }
        };
    }
}
