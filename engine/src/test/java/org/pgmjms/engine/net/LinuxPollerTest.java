package org.pgmjms.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a poller waits and wakes. */
class LinuxPollerTest {
    private final ScriptedLibc libc = new ScriptedLibc();
    private LinuxPoller poller;

    @BeforeEach
    void open() throws LinuxSocket.Failure {
        poller = new LinuxPoller(libc);
    }

    @Test
    void waitsToTheNanosecond() {
        poller.await(1_500_000_001L);
        poller.await(1);
        poller.await(0);
        poller.await(-5);
        poller.await(Long.MAX_VALUE);

        assertThat(libc.timeoutsNs).containsExactly(1_500_000_001L, 1L, 0L, 0L, Long.MAX_VALUE);
    }

    @Test
    void callsTheKernelOnceForManyWakeups() {
        poller.wakeup();
        poller.wakeup();
        assertThat(libc.writes).isEqualTo(1);

        poller.await(Long.MAX_VALUE);
        poller.wakeup();
        assertThat(libc.writes).isEqualTo(2);
    }

    @Test
    void anInterruptEndsOneWait() {
        Thread.currentThread().interrupt();

        poller.await(Long.MAX_VALUE);
        poller.await(Long.MAX_VALUE);

        assertThat(libc.timeoutsNs).containsExactly(0L, Long.MAX_VALUE);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void isNotUsedOnceClosed() {
        poller.close();
        poller.close();
        int writes = libc.writes;

        poller.wakeup();

        assertThat(libc.closed).hasSize(1);
        assertThat(libc.writes).isEqualTo(writes);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> poller.await(0));
    }

    @Test
    void refusesAPortThatIsClosed() throws Exception {
        DatagramPort port = port();
        port.close();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> poller.add(port, () -> {}));
    }

    @Test
    void forgetsPortsThatAreClosedWithoutItsKnowledge() throws Exception {
        DatagramPort port = port();
        poller.add(port, () -> {});
        port.close();

        poller.await(0);
        poller.serve();
        poller.remove(port);

        assertThat(libc.closed).hasSize(1);
    }

    private DatagramPort port() throws LinuxSocket.Failure {
        LinuxSocket socket = LinuxSocket.open(libc, InetAddress.getLoopbackAddress());
        socket.bind(InetAddress.getLoopbackAddress(), 1);
        return new LinuxDatagramPort(socket, libc, "scripted");
    }
}
