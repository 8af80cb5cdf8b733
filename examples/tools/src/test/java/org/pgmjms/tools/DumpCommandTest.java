package org.pgmjms.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pgmjms dump} of captures of OpenPGM, and of what our own publisher sends on the loopback. */
class DumpCommandTest {
    private static final Path VECTORS = Path.of("..", "..", "tck", "interop", "src", "test", "resources", "vectors");
    private static final String TSI = "10.11.12.13.14.15.20001";
    private static final int PCAP_HEADER = 24;
    private static final int RECORD_HEADER = 16;

    @TempDir
    private Path directory;

    @Test
    void printsOneLineForEachPacketOfACapture() {
        CommandRun run = CommandRun.of("dump", "--file", vector("03-loss-single"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).isEqualTo("packets=40 others=0" + System.lineSeparator());
        assertThat(run.lines())
                .hasSize(40)
                .allMatch(line ->
                        line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{6} 10\\.77\\.0\\.\\d:\\d+ > [0-9.]+:3056 [A-Z]+ tsi="
                                + TSI + " .*"));
        assertThat(count(run, " ODATA ")).isEqualTo(20);
        assertThat(count(run, " RDATA ")).isEqualTo(3);
        assertThat(run.lines().get(0)).endsWith("SPM_SQN=0 SPM_TRAIL=0 SPM_LEAD=4294967295 NLA=10.77.0.1");
        assertThat(run.lines().get(3)).endsWith(" ODATA tsi=" + TSI + " dport=7500 DATA_SQN=0 DATA_TRAIL=0 TSDU=64");
        assertThat(run.lines().get(8))
                .contains(" 10.77.0.2:39714 > 10.77.0.1:3056 NAK ")
                .endsWith("NAK_SQN=3 SOURCE_NLA=10.77.0.1 GROUP_NLA=239.192.0.1");
        assertThat(run.lines().get(9)).contains(" NCF ").contains("NCF_SQN=3 ");
    }

    @Test
    void takesOnlyWhatIsWanted() {
        assertThat(CommandRun.of("dump", "--file", vector("03-loss-single"), "--count", "5")
                        .lines())
                .hasSize(5);
        assertThat(CommandRun.of("dump", "--file", vector("03-loss-single"), "--tsi", "1.2.3.4.5.6.7")
                        .lines())
                .isEmpty();
        assertThat(CommandRun.of("dump", "--file", vector("03-loss-single"), "--udp-port", "7500")
                        .err())
                .startsWith("packets=0 others=40");
    }

    @ParameterizedTest
    @ValueSource(strings = {"02-fragments", "12-fec-parity-k4", "19-pgmcc", "20-raw-ip113-router-alert", "22-ipv6"})
    void decodesEveryKindOfPacket(String name) {
        CommandRun run = CommandRun.of("dump", "--file", vector(name));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines()).isNotEmpty().noneMatch(line -> line.contains("malformed"));
        assertThat(run.out())
                .contains(
                        switch (name) {
                            case "02-fragments" -> " OPT_FRAGMENT=";
                            case "12-fec-parity-k4" -> " OPT_PARITY_PRM=4,";
                            case "19-pgmcc" -> " OPT_PGMCC_DATA=";
                            case "20-raw-ip113-router-alert" -> " 10.77.0.1 > 239.192.0.1 ODATA ";
                            default -> "]:3056 ODATA ";
                        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsPcapngOfBothByteOrders(boolean isBig) throws IOException {
        Path file = Files.write(
                directory.resolve("capture.pcapng"),
                pcapng(
                        Files.readAllBytes(VECTORS.resolve("03-loss-single.pcap")),
                        isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN));

        CommandRun run = CommandRun.of("dump", "--file", file.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines())
                .isEqualTo(CommandRun.of("dump", "--file", vector("03-loss-single"))
                        .lines());
    }

    @Test
    void aDamagedCaptureIsSaidToBeOne() throws IOException {
        byte[] whole = Files.readAllBytes(VECTORS.resolve("03-loss-single.pcap"));
        Path cut = Files.write(directory.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 3));
        Path none = Files.writeString(directory.resolve("text"), "this is no capture");

        assertThat(CommandRun.of("dump", "--file", cut.toString()).err()).contains("ends within a packet");
        assertThat(CommandRun.of("dump", "--file", none.toString()).err()).contains("neither pcap nor pcapng");
    }

    @Test
    void wrongUsageIsExitCode2() {
        assertThat(CommandRun.of("dump").code()).isEqualTo(2);
        assertThat(CommandRun.of("dump", "--file", "x", "--url", "epgm://lo;239.192.0.1:7500")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void listensToAGroup() throws Exception {
        String url = "epgm://lo;239.192.75.3:17690?pgm.linger=0";
        JoinedWriter err = new JoinedWriter("listening to ");
        CompletableFuture<CommandRun> dump = CompletableFuture.supplyAsync(
                () -> CommandRun.of(err, "dump", "--url", url, "--count", "5", "--timeout", "30"));
        err.awaitWord();

        assertThat(CommandRun.of("publish", "--url", url, "--topic", "t", "--size", "50", "--count", "3")
                        .code())
                .isZero();

        CommandRun run = dump.get();
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(5).allMatch(line -> line.contains(" > 239.192.75.3:17690 "));
        assertThat(run.out()).contains(" SPM tsi=", " SESSION=port:", " ODATA tsi=");
    }

    private static String vector(String name) {
        return VECTORS.resolve(name + ".pcap").toString();
    }

    private static long count(CommandRun run, String word) {
        return run.lines().stream().filter(line -> line.contains(word)).count();
    }

    /** The same frames in the other format, an unknown block among them. */
    private static byte[] pcapng(byte[] pcap, ByteOrder order) {
        ByteBuffer in = ByteBuffer.wrap(pcap).order(ByteOrder.LITTLE_ENDIAN).position(PCAP_HEADER);
        ByteBuffer out = ByteBuffer.allocate(pcap.length * 3).order(order);
        out.putInt(0x0A0D0D0A).putInt(28).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0);
        out.putLong(-1).putInt(28);
        out.putInt(1)
                .putInt(20)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(65_535)
                .putInt(20);
        out.putInt(0xBAD).putInt(16).putInt(42).putInt(16);
        while (in.remaining() > RECORD_HEADER) {
            long micros = in.getInt() * 1_000_000L + in.getInt();
            int length = in.getInt();
            in.getInt();
            byte[] frame = new byte[length];
            in.get(frame);
            int padded = length + 3 & ~3;
            out.putInt(6).putInt(32 + padded).putInt(0);
            out.putInt((int) (micros >>> 32))
                    .putInt((int) micros)
                    .putInt(length)
                    .putInt(length);
            out.put(frame).put(new byte[padded - length]).putInt(32 + padded);
        }
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }
}
