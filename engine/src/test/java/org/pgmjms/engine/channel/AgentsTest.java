package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.net.FreePorts;
import org.pgmjms.engine.testing.SilentHandler;

/** How agents fail and end. */
class AgentsTest {
    private static final int LENGTH = 100;

    private final String group = FreePorts.group().getHostAddress();
    private final int port = FreePorts.next();
    private final EngineContext context = EngineContext.of(EngineOptions.defaults());
    private final SourceAgent sources;
    private final ReceiveAgent receivers;

    AgentsTest() throws PgmException {
        sources = new SourceAgent(context, "test");
        receivers = new ReceiveAgent(context, "test");
    }

    @AfterEach
    void nothingIsLeft() {
        sources.close();
        receivers.close();
        assertThat(context.memory().usedBytes()).isZero();
        context.close();
        assertThat(context.memory().reservedBytes()).isZero();
        await().untilAsserted(
                        () -> assertThat(Thread.getAllStackTraces().keySet()).noneMatch(AgentsTest::isOurs));
    }

    @Test
    void tellsEveryHandlerWhenOneMakesTheReceiveAgentFail() throws Exception {
        RecordingHandler innocent = new RecordingHandler();
        ThrowingHandler guilty = new ThrowingHandler();
        Subscription subscription = subscribe(innocent);
        subscribe(guilty);
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(supplier, Map.of());

        supplier.add(1, LENGTH);
        publication.wake();

        assertThat(innocent.failure()).succeedsWithin(Duration.ofSeconds(30)).matches(e -> e.code() == Code.CLOSED);
        assertThat(guilty.failure).succeedsWithin(Duration.ofSeconds(30));
        await().untilAsserted(() -> assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> subscription.execute(() -> {})));
        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> subscribe(new RecordingHandler()))
                .matches(e -> e.code() == Code.CLOSED);
        assertThat(subscription.close().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
        assertThat(publication.flush(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void endsOnlyTheSourceWhoseSupplierFails() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        subscribe(handler);
        RecordingEvents events = new RecordingEvents();
        QueueSupplier supplier = new QueueSupplier();
        Publication healthy = publish(supplier, Map.of());
        EngineSettings settings = EngineSettings.parse(Map.of());
        Publication sick = sources.publish(channel(settings), settings.source(port), new ThrowingSupplier(), events);

        sick.wake();

        assertThat(events.failure()).succeedsWithin(Duration.ofSeconds(30)).matches(e -> e.code() == Code.CLOSED);
        await().until(() -> !sick.flush(Duration.ofSeconds(1)));
        assertThat(sick.close(Duration.ZERO).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
        supplier.add(10, LENGTH);
        healthy.wake();
        await().until(() -> handler.count(healthy.tsi()) == 10);
    }

    @Test
    void runsTasksOnTheReceiveAgent() throws Exception {
        Subscription subscription = subscribe(new RecordingHandler());
        CompletableFuture<String> name = new CompletableFuture<>();

        subscription.execute(() -> name.complete(Thread.currentThread().getName()));

        assertThat(name).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("pgmjms-receive-test");
    }

    @Test
    void repairsWhileTheOwnerMakesNoCall() throws Exception {
        int count = 100;
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(supplier, Map.of());
        supplier.add(count, LENGTH);
        assertThat(publication.flush(Duration.ofSeconds(30))).isTrue();
        Tsi tsi = publication.tsi();

        RecordingHandler late = new RecordingHandler();
        EngineSettings settings = EngineSettings.parse(Map.of());
        receivers.subscribe(channel(settings), settings.receiver(DeliveryOrder.CONTIGUOUS, true, false), late);

        await().atMost(Duration.ofSeconds(30)).until(() -> late.count(tsi) == count);
        assertThat(publication.stats().get(SourceCounter.RDATA_SENT)).isGreaterThanOrEqualTo(count);
    }

    @Test
    void canBeClosedFromAHandler() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        ReceiverHandler closing = new SilentHandler() {
            @Override
            public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
                receivers.close();
                sources.close();
                closed.complete(true);
            }
        };
        subscribe(closing);
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(supplier, Map.of());

        supplier.add(1, LENGTH);
        publication.wake();

        assertThat(closed).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void ordersThreadsAsDaemonsOrNot() throws Exception {
        subscribe(new RecordingHandler());
        publish(new QueueSupplier(), Map.of());

        assertThat(Thread.getAllStackTraces().keySet())
                .anyMatch(thread -> thread.getName().equals("pgmjms-receive-test") && thread.isDaemon())
                .anyMatch(thread -> thread.getName().equals("pgmjms-source-test") && !thread.isDaemon());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void closesEverySocket() throws Exception {
        long before = sockets();
        for (int round = 0; round < 3; round++) {
            RecordingHandler handler = new RecordingHandler();
            Subscription subscription = subscribe(handler);
            QueueSupplier supplier = new QueueSupplier();
            Publication publication = publish(supplier, Map.of("pgm.ttl", "2"));
            supplier.add(10, LENGTH);
            publication.wake();
            await().until(() -> handler.count(publication.tsi()) == 10);
            assertThat(sockets()).isGreaterThan(before);

            subscription.close().toCompletableFuture().join();
            publication.close(Duration.ZERO).toCompletableFuture().join();
        }
        await().untilAsserted(() -> assertThat(sockets()).isEqualTo(before));
    }

    private static long sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(AgentsTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isOurs(Thread thread) {
        return thread.getName().equals("pgmjms-receive-test")
                || thread.getName().equals("pgmjms-source-test");
    }

    private ChannelConfig channel(EngineSettings settings) throws PgmException {
        return settings.channel("lo", group, port);
    }

    private Subscription subscribe(ReceiverHandler handler) throws PgmException {
        EngineSettings settings = EngineSettings.parse(Map.of("pgm.ttl", "2"));
        return receivers.subscribe(
                channel(settings), settings.receiver(DeliveryOrder.CONTIGUOUS, false, false), handler);
    }

    private Publication publish(QueueSupplier supplier, Map<String, String> options) throws PgmException {
        EngineSettings settings = EngineSettings.parse(options);
        return sources.publish(channel(settings), settings.source(port), supplier, new RecordingEvents());
    }

    private static final class ThrowingSupplier implements ApduSupplier {
        @Override
        public int nextLength() {
            return LENGTH;
        }

        @Override
        public int fill(ByteBuf packet, int at, int max, int padTo) {
            throw new AssertionError("a supplier that fails on purpose");
        }

        @Override
        public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
            throw new AssertionError("a supplier that fails on purpose");
        }

        @Override
        public void onStored(int firstSqn, int lastSqn) {
            // never comes to that
        }
    }

    private static final class ThrowingHandler extends SilentHandler {
        private final CompletableFuture<PgmException> failure = new CompletableFuture<>();

        @Override
        public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
            throw new AssertionError("a handler that fails on purpose");
        }

        @Override
        public void onFailed(PgmException cause) {
            failure.complete(cause);
        }
    }
}
