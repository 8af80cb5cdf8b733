package org.pgmjms.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls the packets of a batch become. */
class LinuxSenderTest {
    private static final int DESCRIPTOR = 7;
    private static final int BUFFER_BYTES = 1 << 19;

    private final ScriptedLibc libc = new ScriptedLibc();
    private final AtomicLong errors = new AtomicLong();
    private final LinuxSender sender = new LinuxSender(libc, errors);
    private final SendBatch batch = new SendBatch(256);
    private final InetSocketAddress group = new InetSocketAddress("239.192.0.1", 7500);
    private final ByteBuf buffer = Unpooled.directBuffer(BUFFER_BYTES, 2 * BUFFER_BYTES);

    @AfterEach
    void release() {
        buffer.release();
    }

    @Test
    void packetsThatTouchLeaveInOneCallFromOnePlace() {
        add(0, 100, 100, 100);

        assertThat(send()).isEqualTo(3);
        assertThat(libc.sent).hasSize(1);
        assertThat(libc.sent.get(0).descriptor()).isEqualTo(DESCRIPTOR);
        assertThat(libc.sent.get(0).segment()).isEqualTo(100);
        assertThat(libc.sent.get(0).vectors()).isEqualTo(1);
        assertThat(libc.sent.get(0).to()).isEqualTo(group);
        assertEverythingLeft();
    }

    @Test
    void packetsApartAreGathered() {
        add(8, 100, 100, 100);

        send();

        assertThat(libc.sent).hasSize(1);
        assertThat(libc.sent.get(0).vectors()).isEqualTo(3);
        assertEverythingLeft();
    }

    @Test
    void aShorterPacketIsTheLastOfItsRun() {
        add(0, 100, 100, 40, 100, 100, 30, 30);

        send();

        assertThat(segments()).containsExactly(100, 100, 0);
        assertThat(lengths()).containsExactly(240, 230, 30);
        assertEverythingLeft();
    }

    @Test
    void aLongerPacketStartsAnewRun() {
        add(0, 30, 100, 100);

        send();

        assertThat(segments()).containsExactly(0, 100);
        assertEverythingLeft();
    }

    @Test
    void aRunIsNoLargerThanADatagram() {
        int[] lengths = new int[100];
        Arrays.fill(lengths, 1400);
        add(0, lengths);

        assertThat(send()).isEqualTo(100);
        assertThat(lengths()).containsExactly(46 * 1400, 46 * 1400, 8 * 1400);
        assertEverythingLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EIO, Errno.EINVAL, Errno.EMSGSIZE})
    void whereRunsFailPacketsLeaveOneByOneFromThenOn(int errno) {
        add(0, 100, 100, 100);
        libc.sendResults.add(errno);

        assertThat(send()).isEqualTo(3);
        assertThat(send()).isEqualTo(3);

        assertThat(segments()).containsOnly(0).hasSize(6);
        assertThat(errors).hasValue(0);
    }

    @Test
    void aPacketThatFailsByItselfDoesNotEndRuns() {
        add(0, 100, 100, 100);
        libc.sendResults.addAll(List.of(Errno.EMSGSIZE, Errno.EMSGSIZE));

        assertThat(send()).isEqualTo(3);

        assertThat(segments()).containsExactly(100);
        assertThat(errors).hasValue(1);
    }

    @Test
    void anOlderKernelTakesRunsOf64() {
        int[] lengths = new int[128];
        Arrays.fill(lengths, 100);
        add(0, lengths);
        libc.sendResults.add(Errno.EINVAL);

        assertThat(send()).isEqualTo(128);

        assertThat(segments()).containsExactly(100, 100);
        assertThat(lengths()).containsExactly(6400, 6400);
        assertEverythingLeft();
    }

    @Test
    void aFullSocketLeavesTheRestToTheCaller() {
        add(0, 100, 100, 40, 100, 100);
        libc.sendResults.addAll(List.of(0, Errno.EAGAIN));

        assertThat(send()).isEqualTo(3);
        assertThat(errors).hasValue(0);
    }

    @Test
    void anInterruptedCallIsMadeAgain() {
        add(0, 100);
        libc.sendResults.add(Errno.EINTR);

        assertThat(send()).isEqualTo(1);
        assertThat(libc.sent).hasSize(1);
    }

    @Test
    void anErrorThatPassesCountsForEachPacketOfTheRun() {
        add(0, 100, 100, 40, 100);
        libc.sendResults.add(105);

        assertThat(send()).isEqualTo(4);

        assertThat(errors).hasValue(3);
        assertThat(lengths()).containsExactly(100);
    }

    @Test
    void packetsOnTheHeapAreCopied() {
        ByteBuf heap = Unpooled.wrappedBuffer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        batch.add(heap, 1, 2);
        batch.add(heap, 4, 2);
        batch.add(heap, 7, 1);

        assertThat(send()).isEqualTo(3);
        assertThat(libc.sent.get(0).bytes()).containsExactly(2, 3, 5, 6, 8);
        assertThat(libc.sent.get(0).segment()).isEqualTo(2);
    }

    @Test
    void findsABufferThatHasMoved() {
        add(0, 100);
        send();
        buffer.capacity(2 * BUFFER_BYTES);
        buffer.setByte(0, 99);

        send();

        assertThat(libc.sent.get(1).bytes()[0]).isEqualTo((byte) 99);
    }

    @Test
    void tellsTargetsApart() throws Exception {
        add(0, 10);
        InetAddress linkLocal = Inet6Address.getByAddress(
                null, InetAddress.getByName("ff12::7500").getAddress(), 3);
        InetSocketAddress other = new InetSocketAddress(linkLocal, 7501);

        for (int round = 0; round < 2; round++) {
            sender.send(DESCRIPTOR, batch, group);
            sender.send(DESCRIPTOR, batch, other);
        }

        assertThat(libc.sent).extracting(ScriptedLibc.Sent::to).containsExactly(group, other, group, other);
        assertThat(((Inet6Address) libc.sent.get(3).to().getAddress()).getScopeId())
                .isEqualTo(3);
    }

    private void add(int gap, int... lengths) {
        int at = 0;
        for (int length : lengths) {
            buffer.setBytes(at, content(batch.size(), length));
            batch.add(buffer, at, length);
            at += length + gap;
        }
    }

    private static byte[] content(int number, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) (number + 1));
        return bytes;
    }

    private int send() {
        return sender.send(DESCRIPTOR, batch, group);
    }

    private List<Integer> segments() {
        return libc.sent.stream().map(ScriptedLibc.Sent::segment).toList();
    }

    private List<Integer> lengths() {
        return libc.sent.stream().map(sent -> sent.bytes().length).toList();
    }

    private void assertEverythingLeft() {
        ByteBuf expected = Unpooled.buffer();
        for (int index = 0; index < batch.size(); index++) {
            expected.writeBytes(content(index, batch.length(index)));
        }
        ByteBuf actual = Unpooled.buffer();
        libc.sent.forEach(sent -> actual.writeBytes(sent.bytes()));
        assertThat(actual).isEqualTo(expected);
        assertThat(errors).hasValue(0);
    }
}
