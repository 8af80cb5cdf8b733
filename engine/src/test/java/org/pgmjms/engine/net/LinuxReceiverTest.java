package org.pgmjms.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.Unpooled;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.net.ScriptedLibc.Arrival;

/** What becomes of the datagrams that the kernel hands out. */
class LinuxReceiverTest {
    private static final int DESCRIPTOR = 7;
    private static final int BUFFER_BYTES = 192 * 1024;
    private static final int CAPACITY = 8;
    private static final int SOL_UDP = 17;
    private static final int UDP_GRO = 104;
    private static final int MSG_CTRUNC = 0x8;
    private static final int MSG_TRUNC = 0x20;

    private final ScriptedLibc libc = new ScriptedLibc();
    private final AtomicLong errors = new AtomicLong();
    private final LinuxReceiver receiver = new LinuxReceiver(libc, errors);
    private final ReceiveBatch batch =
            new ReceiveBatch(Unpooled.directBuffer(BUFFER_BYTES, BUFFER_BYTES).writerIndex(BUFFER_BYTES), CAPACITY);
    private final InetSocketAddress from = new InetSocketAddress("10.1.2.3", 40_000);

    @AfterEach
    void release() {
        batch.close();
    }

    @Test
    void cutsARunIntoItsSegments() {
        arrives(run(250, 100));

        assertThat(received()).containsExactly("0+100", "100+100", "200+50");
        assertThat(batch.buffer().getByte(batch.offset(2))).isEqualTo((byte) 200);
    }

    @Test
    void takesADatagramWithoutSegmentsAsOne() {
        arrives(plain(250));
        arrives(plain(10));

        assertThat(received()).containsExactly("0+250", "256+10");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 250, 251, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void takesASegmentLengthWithoutSenseForNone(int segment) {
        arrives(run(250, segment));

        assertThat(received()).containsExactly("0+250");
    }

    @Test
    void readsOverWhatElseTheKernelSays() {
        arrives(new Arrival(bytes(30), 0, from, 1, 29, 5, SOL_UDP, UDP_GRO, 20));

        assertThat(received()).containsExactly("0+20", "20+10");
    }

    @Test
    void dropsADatagramThatWasCutOff() {
        arrives(new Arrival(bytes(300), MSG_TRUNC, from));
        arrives(plain(10));

        assertThat(received()).containsExactly("304+10");
        assertThat(errors).hasValue(1);
    }

    @Test
    void keepsTheWholeSegmentsOfARunThatWasCutOff() {
        arrives(new Arrival(bytes(250), MSG_TRUNC, from, SOL_UDP, UDP_GRO, 100));

        assertThat(received()).containsExactly("0+100", "100+100");
        assertThat(errors).hasValue(1);
    }

    @Test
    void dropsARunWhoseSegmentLengthWasCutOff() {
        arrives(new Arrival(bytes(250), MSG_CTRUNC, from));

        assertThat(received()).isEmpty();
        assertThat(errors).hasValue(1);
    }

    @Test
    void losesNoSegmentOfARunThatIsLongerThanTheBatch() {
        arrives(plain(10));
        arrives(run(6400, 50));
        arrives(plain(10));

        assertThat(received()).hasSize(1 + 128);
        assertThat(received()).hasSize(1);
        assertThat(batch.capacity()).isEqualTo(CAPACITY);
    }

    @Test
    void stopsWhenThereIsNoRoomForTheLargest() {
        for (int count = 0; count < 4; count++) {
            arrives(plain(60_000));
        }

        assertThat(received()).hasSize(3);
        assertThat(received()).hasSize(1);
    }

    @Test
    void passesOverInterruptedCallsAndEndsAtErrors() {
        libc.arrivals.add(Errno.EINTR);
        arrives(plain(10));
        libc.arrivals.add(111);
        arrives(plain(20));

        assertThat(received()).containsExactly("0+10");
        assertThat(errors).hasValue(1);
        assertThat(received()).containsExactly("0+20");
    }

    @Test
    void handsOutAnEmptyDatagram() {
        arrives(plain(0));

        assertThat(received()).containsExactly("0+0");
    }

    @Test
    void knowsSendersAgain() throws Exception {
        InetAddress linkLocal =
                Inet6Address.getByAddress(null, InetAddress.getByName("fe80::1").getAddress(), 2);
        InetSocketAddress other = new InetSocketAddress(linkLocal, 40_001);
        arrives(new Arrival(bytes(1), 0, from));
        arrives(new Arrival(bytes(1), 0, other));
        arrives(new Arrival(bytes(1), 0, from));
        arrives(new Arrival(bytes(1), 0, other));

        received();

        assertThat(batch.sender(0)).isEqualTo(from).isSameAs(batch.sender(2));
        assertThat(batch.sender(1)).isEqualTo(other).isSameAs(batch.sender(3));
        assertThat(((Inet6Address) batch.sender(1).getAddress()).getScopeId()).isEqualTo(2);
    }

    @Test
    void tellsManySendersApart() {
        for (int round = 0; round < 3; round++) {
            for (int number = 0; number < 500; number++) {
                InetSocketAddress sender = new InetSocketAddress("10.1." + number % 7 + ".1", 1000 + number);
                arrives(new Arrival(bytes(1), 0, sender));
                received();
                assertThat(batch.sender(0)).isEqualTo(sender);
            }
        }
    }

    @Test
    void refusesABatchOnTheHeap() {
        ReceiveBatch heap = new ReceiveBatch(Unpooled.buffer(BUFFER_BYTES, BUFFER_BYTES), CAPACITY);

        assertThatIllegalArgumentException().isThrownBy(() -> receiver.receive(DESCRIPTOR, heap));
    }

    private void arrives(Arrival arrival) {
        libc.arrivals.add(arrival);
    }

    private Arrival plain(int length) {
        return new Arrival(bytes(length), 0, from);
    }

    private Arrival run(int length, int segment) {
        return new Arrival(bytes(length), 0, from, SOL_UDP, UDP_GRO, segment);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = (byte) index;
        }
        return bytes;
    }

    private List<String> received() {
        assertThat(receiver.receive(DESCRIPTOR, batch)).isEqualTo(batch.size());
        List<String> places = new ArrayList<>();
        for (int index = 0; index < batch.size(); index++) {
            places.add(batch.offset(index) + "+" + batch.length(index));
        }
        return places;
    }
}
