package org.pgmjms.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;

/** What every kind of port has to do, on the loopback. */
abstract class PortContract {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int CAPACITY = 8;

    private final InetAddress group = FreePorts.group();
    private final int udpPort = FreePorts.next();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Ports ports;
    private LocalInterface loopback;
    private PortPoller poller;
    private ReceiveBatch batch;

    abstract Ports ports();

    @BeforeEach
    void open() throws PgmException {
        ports = ports();
        loopback = Interfaces.loopback(group);
        poller = kept(ports.poller());
        batch = kept(new ReceiveBatch(Unpooled.directBuffer(BUFFER_BYTES, BUFFER_BYTES), CAPACITY));
        batch.buffer().writerIndex(BUFFER_BYTES);
    }

    @AfterEach
    void close() throws Exception {
        for (int index = opened.size() - 1; index >= 0; index--) {
            opened.get(index).close();
        }
    }

    @Test
    void deliversGroupPacketsToEveryMemberOnTheHost() throws PgmException {
        DatagramPort one = member();
        DatagramPort two = member();
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));

        send(sender, toGroup(), "quote");

        assertThat(receive(one, 1)).containsExactly("quote");
        assertThat(receive(two, 1)).containsExactly("quote");
        assertThat(batch.sender(0)).isEqualTo(sender.info().local());
    }

    @Test
    void deliversNothingAfterTheGroupWasLeft() throws PgmException {
        DatagramPort leaver = member();
        DatagramPort stayer = member();
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));

        leaver.leave(group, loopback.device());
        send(sender, toGroup(), "late");

        assertThat(receive(stayer, 1)).containsExactly("late");
        assertThat(leaver.receive(batch)).isZero();
    }

    @Test
    void joiningTwiceIsJoiningOnce() throws PgmException {
        DatagramPort member = member();
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));

        member.join(group, loopback.device());
        send(sender, toGroup(), "once");

        assertThat(receive(member, 1)).containsExactly("once");
        assertThat(member.receive(batch)).isZero();
    }

    @Test
    void keepsOrderAndLengthsInBatches() throws PgmException {
        DatagramPort receiver = kept(ports.unicast(loopback, 0, 1));
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));
        String[] texts = new String[2 * CAPACITY + 3];
        for (int index = 0; index < texts.length; index++) {
            texts[index] = "x".repeat(1 + 100 * index);
        }

        send(sender, receiver.info().local(), texts);

        assertThat(receive(receiver, texts.length)).containsExactly(texts);
    }

    @Test
    void receivesNoMoreThanTheBatchHolds() throws PgmException {
        DatagramPort receiver = kept(ports.unicast(loopback, 0, 1));
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));

        send(sender, receiver.info().local(), "a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

        awaitReadable(receiver);
        assertThat(receiver.receive(batch)).isEqualTo(CAPACITY);
        assertThat(receiver.receive(batch)).isEqualTo(2);
        assertThat(receiver.receive(batch)).isZero();
    }

    @Test
    void cutsNoPacketOff() throws PgmException {
        DatagramPort receiver = kept(ports.unicast(loopback, 0, 1));
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));
        String longest = "m".repeat(65_507);

        send(sender, receiver.info().local(), longest);

        assertThat(receive(receiver, 1)).containsExactly(longest);
    }

    @Test
    void goesOnWhenTheReceiversBufferIsFull() throws PgmException {
        DatagramPort receiver = kept(ports.unicast(loopback, 0, 1));
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));
        String large = "f".repeat(50_000);

        for (int count = 0; count < 1000; count++) {
            send(sender, receiver.info().local(), large);
        }

        assertThat(receive(receiver, 1)).contains(large);
    }

    @Test
    void countsAPacketThatTheNetworkRefuses() throws PgmException {
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));

        send(sender, toGroup(), "l".repeat(65_600));

        assertThat(sender.info().transientErrors()).isEqualTo(1);
    }

    @Test
    void answersNothingOnceClosed() throws PgmException {
        DatagramPort port = ports.unicast(loopback, 0, 1);

        port.close();
        port.close();

        assertThat(port.receive(batch)).isZero();
        send(port, toGroup(), "lost");
        assertThat(port.info().transientErrors()).isPositive();
    }

    @Test
    void sharesAUnicastPortWithNobody() throws PgmException {
        kept(ports.unicast(loopback, udpPort, 1));

        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> ports.unicast(loopback, udpPort, 1))
                .withMessageContaining("pgm.udpPort=" + udpPort)
                .matches(e -> e.code() == Code.PORT_IN_USE);
    }

    @Test
    void saysWhenSomebodyHoldsTheGroupsPort() throws IOException {
        try (DatagramSocket hog = new DatagramSocket(new InetSocketAddress(udpPort))) {
            assertThat(hog.isBound()).isTrue();

            assertThatExceptionOfType(PgmException.class)
                    .isThrownBy(() -> ports.group(group, udpPort, BUFFER_BYTES))
                    .withMessageContaining("pgm.udpPort=" + udpPort)
                    .matches(e -> e.code() == Code.PORT_IN_USE);
        }
    }

    @Test
    void keepsUnicastAndGroupApartOnOnePort() throws PgmException {
        DatagramPort common = kept(ports.unicast(loopback, udpPort, 1));
        DatagramPort member = member();
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));

        send(sender, common.info().local(), "nak");
        send(sender, toGroup(), "data");

        assertThat(receive(common, 1)).containsExactly("nak");
        assertThat(receive(member, 1)).containsExactly("data");
        assertThat(common.receive(batch)).isZero();
        assertThat(member.receive(batch)).isZero();
    }

    @Test
    void sendsToTheGroupItPrefersAndStillReceivesAndSendsAnywhereElse() throws PgmException {
        DatagramPort member = member();
        DatagramPort other = kept(ports.unicast(loopback, 0, 1));
        DatagramPort source = kept(ports.unicast(loopback, 0, 1));

        source.prefer(toGroup());
        send(source, toGroup(), "data");
        send(source, other.info().local(), "answer");
        send(other, source.info().local(), "nak");

        assertThat(receive(member, 1)).containsExactly("data");
        assertThat(batch.sender(0)).isEqualTo(source.info().local());
        assertThat(receive(other, 1)).containsExactly("answer");
        assertThat(batch.sender(0)).isEqualTo(source.info().local());
        assertThat(receive(source, 1)).containsExactly("nak");
    }

    @Test
    void sharesItsPortWithNobodyThoughItPrefersAGroup() throws PgmException {
        DatagramPort source = kept(ports.unicast(loopback, udpPort, 1));

        source.prefer(toGroup());

        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> ports.unicast(loopback, udpPort, 1))
                .matches(e -> e.code() == Code.PORT_IN_USE);
        source.close();
        kept(ports.unicast(loopback, udpPort, 1));
    }

    @Test
    void refusesToJoinWhatIsNoGroup() throws Exception {
        DatagramPort port = kept(ports.group(group, udpPort, BUFFER_BYTES));
        InetAddress single = InetAddress.getByName("127.0.0.1");

        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> port.join(single, loopback.device()))
                .withMessageContaining("group=127.0.0.1")
                .matches(e -> e.code() == Code.BAD_GROUP);
    }

    @Test
    void saysHowMuchBufferTheKernelGranted() throws PgmException {
        assertThat(member().info().receiveBufferBytes()).isPositive();
    }

    @Test
    void endsAWaitWhenWoken() throws PgmException {
        poller.wakeup();

        poller.await(Long.MAX_VALUE);
    }

    @Test
    void doesNotTakeAnInterruptForAReasonToSpin() throws PgmException {
        Thread.currentThread().interrupt();

        poller.await(Long.MAX_VALUE);

        assertThat(Thread.interrupted()).isFalse();
    }

    private DatagramPort member() throws PgmException {
        DatagramPort port = kept(ports.group(group, udpPort, BUFFER_BYTES));
        port.join(group, loopback.device());
        return port;
    }

    private InetSocketAddress toGroup() {
        return new InetSocketAddress(group, udpPort);
    }

    private void send(DatagramPort port, InetSocketAddress to, String... texts) {
        SendBatch packets = new SendBatch(texts.length);
        ByteBuf all = Unpooled.directBuffer(16);
        for (String text : texts) {
            packets.add(all, all.writerIndex(), text.length());
            all.writeCharSequence(text, StandardCharsets.US_ASCII);
        }
        assertThat(port.send(packets, to)).isEqualTo(texts.length);
        all.release();
    }

    private List<String> receive(DatagramPort port, int count) {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            awaitReadable(port);
            port.receive(batch);
            for (int index = 0; index < batch.size(); index++) {
                texts.add(batch.buffer().toString(batch.offset(index), batch.length(index), StandardCharsets.US_ASCII));
            }
        }
        return texts;
    }

    private void awaitReadable(DatagramPort port) {
        boolean[] readable = {false};
        poller.add(port, () -> readable[0] = true);
        while (!readable[0]) {
            poller.await(Long.MAX_VALUE);
            poller.serve();
        }
    }

    private <T extends AutoCloseable> T kept(T resource) {
        opened.add(resource);
        return resource;
    }
}
