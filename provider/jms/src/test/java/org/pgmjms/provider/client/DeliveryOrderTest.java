package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Priorities, delays, losses and overruns in any mixture: what is delivered when, and that nothing vanishes. */
class DeliveryOrderTest extends JmsFixture {
    private static final int STEPS = 400;
    private static final int SEEDS = 50;

    /** One message, by its number from 1. */
    private record Sent(int number, int priority, long dueMillis, boolean isDelayed) {}

    private final List<Sent> sent = new ArrayList<>();
    private final TreeSet<Integer> lost = new TreeSet<>();
    private final List<Sent> delivered = new ArrayList<>();
    private long reported;

    private void send(Random random) throws JMSException {
        int priority = random.nextInt(3) == 0 ? random.nextInt(10) : 4;
        long delay = random.nextInt(4) == 0 ? 1 + random.nextInt(50) : 0;
        boolean isLost = random.nextInt(20) == 0;
        Sent next = new Sent(sent.size() + 1, priority, provider.clock().wallMillis() + delay, delay > 0);
        sent.add(next);
        if (isLost) {
            lost.add(next.number);
            provider.network().loseNext(1);
        }
        producer.setPriority(priority);
        producer.setDeliveryDelay(delay);
        send(Integer.toString(next.number));
    }

    private boolean take() throws JMSException {
        Message message = consumer.receiveNoWait();
        if (message == null) {
            return false;
        }
        Sent taken = sent.get(Integer.parseInt(text(message)) - 1);
        assertThat(provider.clock().wallMillis()).isGreaterThanOrEqualTo(taken.dueMillis);
        if (message.propertyExists("JMS_PGM_GapBefore")) {
            reported += message.getLongProperty("JMS_PGM_GapBefore");
        }
        delivered.add(taken);
        return true;
    }

    private void run(long seed, String options) throws JMSException {
        Random random = new Random(seed);
        PgmConnection own = provider.connection(options + "&jms.lossPolicy=mark");
        consumer = own.createSession().createConsumer(topic);
        producer = own.createSession().createProducer(topic);
        sent.clear();
        lost.clear();
        delivered.clear();
        reported = 0;
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> send(random);
                case 2 -> provider.clock().advance(Duration.ofMillis(random.nextInt(5)));
                default -> take();
            }
        }
        provider.clock().advance(Duration.ofMillis(60));
        while (take()) {
            // until everything is delivered
        }
        sent.add(new Sent(sent.size() + 1, 4, 0, false));
        producer.setPriority(4);
        producer.setDeliveryDelay(0);
        send(Integer.toString(sent.size()));
        assertThat(take()).isTrue();
        own.close();
    }

    private void checkAccount() {
        assertThat(delivered).doesNotHaveDuplicates();
        assertThat(delivered.size() + reported).isEqualTo(sent.size());
    }

    private void checkOrder() {
        for (int i = 0; i < delivered.size(); i++) {
            for (int j = i + 1; j < delivered.size(); j++) {
                Sent first = delivered.get(i);
                Sent second = delivered.get(j);
                if (first.isDelayed || second.isDelayed || first.number < second.number) {
                    continue;
                }
                assertThat(first.priority).as("%s overtakes %s", first, second).isGreaterThan(second.priority);
                assertThat(lost.subSet(second.number, first.number))
                        .as("between %s and %s, which it overtakes", second, first)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 5})
    void whateverHappens(int prefetch) throws JMSException {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(seed, "jms.prefetch.messages=" + prefetch);
            checkAccount();
            checkOrder();
            if (prefetch > STEPS) {
                assertThat(reported).isEqualTo(lost.size());
            }
        }
    }
}
