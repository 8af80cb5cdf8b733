package org.pgmjms.engine.channel;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.jmx.ReceiverMXBean;
import org.pgmjms.engine.jmx.ReceiverStatistics;
import org.pgmjms.engine.jmx.SessionState;
import org.pgmjms.engine.protocol.SessionStats;

/** Shows a receiver to management tools. Asks the receive agent what only it can know. Safe for any thread. */
final class ReceiverBean implements ReceiverMXBean {
    private static final Comparator<SessionStats> ESTABLISHED_FIRST = Comparator.comparing(SessionStats::isEstablished)
            .reversed()
            .thenComparingLong(session -> session.tsi().value());

    private final EngineContext context;
    private final ReceiveAgent agent;
    private final ChannelConfig channel;
    private final ChannelReceiver receiver;
    private final RateMeter rate;

    ReceiverBean(EngineContext context, ReceiveAgent agent, ChannelConfig channel, ChannelReceiver receiver) {
        this.context = context;
        this.agent = agent;
        this.channel = channel;
        this.receiver = receiver;
        this.rate = new RateMeter(context.nowNs());
    }

    @Override
    public String getNetworkInterface() {
        return channel.networkInterface();
    }

    @Override
    public String getGroup() {
        return channel.group().getHostAddress();
    }

    @Override
    public int getPort() {
        return channel.destinationPort();
    }

    @Override
    public int getSubscriptions() {
        return agent.ask(() -> receiver.subscriptions().size(), 0);
    }

    @Override
    public ReceiverStatistics getStatistics() {
        return new ReceiverSnapshot(receiver.stats(), sessions(), rate, context.nowNs());
    }

    @Override
    public Map<String, Long> getCounters() {
        return BeanNames.lowerCase(receiver.stats().counters());
    }

    @Override
    public Map<String, Long> getRejects() {
        return receiver.stats().rejects();
    }

    @Override
    public List<SessionState> getSessions() {
        long nowNs = context.nowNs();
        return sessions().stream()
                .sorted(ESTABLISHED_FIRST)
                .<SessionState>map(session -> new Shown(session, nowNs))
                .toList();
    }

    private List<SessionStats> sessions() {
        return agent.ask(receiver.receiver()::sessions, List.of());
    }

    private record Shown(SessionStats session, long nowNs) implements SessionState {
        @Override
        public String getTsi() {
            return session.tsi().toString();
        }

        @Override
        public String getAddress() {
            return session.address().toString();
        }

        @Override
        public boolean isEstablished() {
            return session.isEstablished();
        }

        @Override
        public long getTrailingEdgeSeqId() {
            return Integer.toUnsignedLong(session.edge());
        }

        @Override
        public long getLeadingEdgeSeqId() {
            return Integer.toUnsignedLong(session.lead());
        }

        @Override
        public long getMissing() {
            return session.missing();
        }

        @Override
        public long getRequested() {
            return session.requested();
        }

        @Override
        public long getBufferedBytes() {
            return session.heldBytes();
        }

        @Override
        public long getLost() {
            return session.lost();
        }

        @Override
        public long getSilentMillis() {
            return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nowNs - session.heardNs()));
        }
    }
}
