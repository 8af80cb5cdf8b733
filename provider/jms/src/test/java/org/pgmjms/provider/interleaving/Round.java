package org.pgmjms.provider.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.pgmjms.provider.TestProvider;
import org.pgmjms.provider.testing.Call;

/**
 * Some threads use some connections at random; in the end everything is closed. Nobody waits for ever, nothing is left,
 * and each consumer got what it had to.
 */
final class Round {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NS = 50_000;
    private static final int NOBODY = -2;

    private final TestProvider provider;
    private final World world;
    private final Random random;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Call<Void>> calls = new ArrayList<>();

    /** What everybody is measured by: gets everything on each topic. */
    private final Connection witness;

    private final Session witnessing;
    private final Map<String, MessageConsumer> witnesses = new HashMap<>();
    private final Map<String, Sent> lasts = new HashMap<>();

    Round(TestProvider provider, long seed) throws JMSException {
        this.provider = provider;
        this.random = new Random(seed);
        this.world = new World(provider);
        witness = provider.factory().createConnection();
        witness.start();
        witnessing = witness.createSession();
        for (Topic topic : World.TOPICS) {
            witnesses.put(topic.toString(), witnessing.createConsumer(topic));
        }
    }

    /** How many messages consumers got. */
    int run() throws Exception {
        int connections = 1 + random.nextInt(2);
        for (int i = 0; i < connections; i++) {
            world.connect(random.nextInt(4) != 0);
        }
        int threads = 2 + random.nextInt(2);
        CyclicBarrier together = new CyclicBarrier(threads);
        for (int i = 0; i < threads; i++) {
            Worker worker = new Worker(world, random.nextLong());
            workers.add(worker);
            calls.add(Call.of(() -> {
                together.await();
                worker.run();
            }));
        }
        await("the workers to have done what they can", () -> isEvery(use -> true));
        world.end();
        await("the workers to end or to wait", () -> isEvery(use -> true));
        sendTheLast();
        List<ConsumerUse> drained = drain();
        closeAll();
        for (Call<Void> call : calls) {
            await("a worker to end when all is closed", call::isDone);
            call.result();
        }
        Map<String, List<String>> truth = witnessed();
        witness.close();
        checkNothingIsLeft();
        check(truth, drained);
        return world.consumers().stream().mapToInt(use -> use.first().size()).sum();
    }

    private interface Which {
        boolean test(ConsumerUse use);
    }

    /** Whether every worker is done, or waits for a message of such a consumer. */
    private boolean isEvery(Which waitsForever) {
        for (int i = 0; i < workers.size(); i++) {
            ConsumerUse receiving = workers.get(i).receiving();
            if (!calls.get(i).isDone() && (receiving == null || !waitsForever.test(receiving))) {
                return false;
            }
        }
        return true;
    }

    /** One more message to every topic: whoever waits for one, and every listener, has to get it. */
    private void sendTheLast() throws Exception {
        for (ConnectionUse use : world.connections()) {
            try {
                use.connection().start();
            } catch (jakarta.jms.IllegalStateException closed) {
                continue;
            }
        }
        for (Topic topic : World.TOPICS) {
            Sent last = world.sends().add(new Sent(topic.toString(), NOBODY, 0, 0));
            last.begins(world.sends().nextTicket());
            Message message = witnessing.createTextMessage(last.text());
            message.setBooleanProperty("even", true);
            witnessing.createProducer(topic).send(message);
            last.ends(Sent.Fate.ARRIVES);
            lasts.put(last.place(), last);
        }
        await("receives of a topic to get the last message", () -> isEvery(use -> !isOnTopicAlone(use)));
        await(
                "listeners of a topic to get the last message",
                () -> world.consumers().stream().noneMatch(this::isBehind));
    }

    private boolean isOnTopicAlone(ConsumerUse use) {
        return lasts.containsKey(use.place()) && use.kind() != ConsumerUse.Kind.SHARED;
    }

    private boolean isBehind(ConsumerUse use) {
        return use.isListening()
                && isOnTopicAlone(use)
                && isOpen(use)
                && !use.first().contains(lasts.get(use.place()).text());
    }

    private static boolean isOpen(ConsumerUse use) {
        try {
            use.consumer().getMessageListener();
            return !use.isClosed();
        } catch (JMSException closed) {
            return false;
        }
    }

    /** What waits for consumers without listeners, as far as nobody uses their sessions. */
    private List<ConsumerUse> drain() throws JMSException {
        List<ConsumerUse> drained = new ArrayList<>();
        for (ConsumerUse use : world.consumers()) {
            boolean isBusy = workers.stream()
                    .map(Worker::receiving)
                    .anyMatch(receiving -> receiving != null && receiving.session() == use.session());
            if (isOnTopicAlone(use) && !isBusy && !use.session().isListening() && isOpen(use)) {
                while (use.take(use.consumer().receiveNoWait())) {
                    continue;
                }
                drained.add(use);
            }
        }
        checkQueues();
        return drained;
    }

    /** What was sent to a temporary queue is delivered for the first time once. */
    private void checkQueues() throws JMSException {
        for (Place place : world.places()) {
            if (!place.isQueue()) {
                continue;
            }
            ConnectionUse owner = world.connections().get(place.owner());
            for (SessionUse session : world.sessions()) {
                if (session.connection() == owner) {
                    session.session().close();
                }
            }
            await(
                    "workers to see that their session is closed",
                    () -> isEvery(use -> use.session().connection() != owner));
            List<String> delivered = new ArrayList<>(firsts(place));
            try (Session last = owner.connection().createSession()) {
                MessageConsumer consumer = last.createConsumer(place.destination());
                for (Message left = consumer.receiveNoWait(); left != null; left = consumer.receiveNoWait()) {
                    if (left.getIntProperty("JMSXDeliveryCount") == 1) {
                        delivered.add(((TextMessage) left).getText());
                    }
                }
            } catch (JMSException gone) {
                assertThat(Worker.isAllowed(gone)).isTrue();
                assertThat(delivered).doesNotHaveDuplicates();
                continue;
            }
            checkSent(place.name(), delivered);
        }
    }

    private List<String> firsts(Place place) {
        return world.consumers().stream()
                .filter(use -> use.place().equals(place.name()))
                .flatMap(use -> use.first().stream())
                .toList();
    }

    /** That all has arrived that had to, nothing that must not, nothing twice, and the messages of a session in order. */
    private void checkSent(String place, List<String> arrived) {
        assertThat(arrived).as("what came to %s", place).doesNotHaveDuplicates();
        Map<Integer, Integer> numbers = new HashMap<>();
        for (String text : arrived) {
            Sent sent = world.sends().of(text);
            assertThat(sent.place()).isEqualTo(place);
            assertThat(sent.fate()).as("the fate of %s", text).isNotEqualTo(Sent.Fate.NEVER_ARRIVES);
            if (lasts.containsKey(place)) {
                Integer before = numbers.put(sent.session(), sent.number());
                assertThat(before == null || before < sent.number())
                        .as("%s comes in order in %s", text, arrived)
                        .isTrue();
            }
        }
        assertThat(arrived)
                .as("what came to %s", place)
                .containsAll(world.sends().to(place).stream()
                        .filter(sent -> sent.fate() == Sent.Fate.ARRIVES)
                        .map(Sent::text)
                        .toList());
    }

    /** Two threads at once, in different orders. */
    private void closeAll() throws Exception {
        List<Connection> all = new ArrayList<>();
        world.connections().forEach(use -> all.add(use.connection()));
        List<Connection> backwards = new ArrayList<>(all);
        Collections.reverse(backwards);
        for (Call<Void> closing : List.of(closing(all), closing(backwards))) {
            await("connections to close", closing::isDone);
            closing.result();
        }
        world.sessions().forEach(SessionUse::forgetTransaction);
    }

    private static Call<Void> closing(List<Connection> connections) {
        return Call.of(() -> {
            for (Connection connection : connections) {
                connection.close();
            }
        });
    }

    private Map<String, List<String>> witnessed() throws JMSException {
        Map<String, List<String>> all = new HashMap<>();
        for (Map.Entry<String, MessageConsumer> each : witnesses.entrySet()) {
            List<String> texts = new ArrayList<>();
            MessageConsumer consumer = each.getValue();
            for (Message next = consumer.receiveNoWait(); next != null; next = consumer.receiveNoWait()) {
                texts.add(((TextMessage) next).getText());
            }
            all.put(each.getKey(), texts);
        }
        return all;
    }

    private void checkNothingIsLeft() {
        assertThat(provider.network().subscriptions()).as("subscriptions").isZero();
        assertThat(provider.network().openLinks()).as("links").isZero();
        assertThat(provider.network().openReservations()).as("reservations").isZero();
        assertThat(provider.threads()).as("threads").noneMatch(Thread::isAlive);
        assertThat(world.sends().openCompletions()).as("completions").hasValue(0);
        provider.threads().clear();
    }

    private void check(Map<String, List<String>> truth, List<ConsumerUse> drained) {
        truth.forEach(this::checkSent);
        for (ConsumerUse use : world.consumers()) {
            assertThat(use.unexpected()).as("in a listener").isNull();
            List<String> sent = truth.get(use.place());
            if (sent != null && isOnTopicAlone(use)) {
                boolean isWhole = drained.contains(use);
                check(
                        use,
                        sent.stream().map(world.sends()::of).filter(use::wants).toList(),
                        isWhole);
            } else {
                assertThat(use.first()).doesNotHaveDuplicates();
            }
        }
        for (Topic topic : World.TOPICS) {
            Place place = new Place(topic, topic.toString(), Place.EVERYBODY);
            assertThat(world.consumers().stream()
                            .filter(use -> use.place().equals(place.name()))
                            .filter(use -> use.kind() == ConsumerUse.Kind.SHARED)
                            .flatMap(use -> use.first().stream())
                            .toList())
                    .as("what consumers shared of %s", place.name())
                    .doesNotHaveDuplicates();
        }
    }

    /** That it got what it wants without a gap, from what was sent after it was made on; to the last, if it is whole. */
    private void check(ConsumerUse use, List<Sent> wanted, boolean isWhole) {
        List<String> texts = wanted.stream().map(Sent::text).toList();
        List<String> got = use.first();
        int from = got.isEmpty() ? texts.size() : texts.indexOf(got.get(0));
        int to = from + got.size();
        assertThat(from).as("%s is of %s", got, texts).isNotNegative();
        assertThat(to).as("%s is of %s", got, texts).isLessThanOrEqualTo(texts.size());
        assertThat(got).as("without gaps").isEqualTo(texts.subList(from, to));
        if (isWhole) {
            assertThat(got)
                    .as("listeners may send more")
                    .contains(lasts.get(use.place()).text());
        }
        if (isWhole || !got.isEmpty()) {
            assertThat(wanted.subList(0, from))
                    .as("sent after the consumer was there")
                    .noneMatch(sent -> sent.ticket() > use.since());
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > PATIENCE_NS) {
                throw new AssertionError("waited in vain for " + what + "\n" + stacks());
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(each -> each.getKey()
                        + Arrays.stream(each.getValue())
                                .map(frame -> "\n    " + frame)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }
}
