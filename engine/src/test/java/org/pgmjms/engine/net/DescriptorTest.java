package org.pgmjms.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DescriptorTest {
    private static final int NUMBER = 7;

    private final ScriptedLibc libc = new ScriptedLibc();
    private final Descriptor descriptor = new Descriptor(libc, NUMBER);

    @Test
    void isClosedByTheLastWhoLetsGo() {
        assertThat(descriptor.tryHold()).isTrue();

        descriptor.close();
        assertThat(libc.closed).isEmpty();
        assertThat(descriptor.tryHold()).isFalse();

        descriptor.release();
        assertThat(libc.closed).containsExactly(NUMBER);
    }

    @Test
    void isClosedOnce() {
        descriptor.close();
        descriptor.close();

        assertThat(libc.closed).containsExactly(NUMBER);
        assertThat(descriptor.isClosed()).isTrue();
    }

    @Test
    void isNeverHeldAndClosedAtOnce() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            Descriptor shared = new Descriptor(libc, round);
            AtomicInteger wrong = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int count = 0; count < 3; count++) {
                Thread thread = new Thread(() -> {
                    while (shared.tryHold()) {
                        if (libc.closed.contains(shared.number())) {
                            wrong.incrementAndGet();
                        }
                        shared.release();
                    }
                });
                threads.add(thread);
                thread.start();
            }
            shared.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(wrong).hasValue(0);
            assertThat(libc.closed).containsOnlyOnce(round);
        }
    }
}
