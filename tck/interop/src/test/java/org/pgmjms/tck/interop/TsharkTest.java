package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;
import org.pgmjms.tck.kit.Shell;

/** An independent decoder finds nothing wrong with what our source and our receiver put on the wire. */
@RequiresLab("tshark")
class TsharkTest {
    private static final String SPM = "0x00";
    private static final String ODATA = "0x04";
    private static final String RDATA = "0x05";
    private static final String NAK = "0x08";
    private static final String NCF = "0x0a";
    private static final String SPMR = "0x0c";
    private static final int MESSAGES = 5000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void findsNoMalformedPacketAndNoBadChecksum(@TempDir Path directory) throws Exception {
        Path capture = directory.resolve("live.pcap");
        try (Lab lab = new Lab()) {
            LabHost left = lab.host("left");
            LabHost right = lab.host("right");
            right.lose(3);
            LabProcess tshark = left.start("tshark", "-i", "eth0", "-q", "-w", capture.toString());
            tshark.awaitLine(line -> line.contains("Capturing on"), PATIENCE);
            LabProcess subscriber = LiveTools.subscribe(
                    right, LiveTools.url(), "--topic=t", "--count=" + MESSAGES, "--timeout=110", "--output=none");
            LabProcess publisher = LiveTools.publish(
                    left, LiveTools.url(), "--topic=t", "--count=" + MESSAGES, "--size=2000", "--rate=2500");
            assertThat(subscriber.awaitExit(PATIENCE)).as(subscriber.tail()).isZero();
            assertThat(publisher.awaitExit(PATIENCE)).as(publisher.tail()).isZero();
            tshark.handle().destroy();
            tshark.handle().descendants().forEach(ProcessHandle::destroy);
            tshark.awaitExit(PATIENCE);
        }

        assertThat(Files.size(capture)).isPositive();
        Map<String, Integer> types = types(capture);
        assertThat(types).containsKeys(SPM, ODATA, RDATA, NAK, NCF);
        assertThat(types.get(ODATA)).isGreaterThan(MESSAGES);
        assertThat(decode(capture, "pgm && pgm.hdr.type != " + SPMR + " && (_ws.malformed || pgm.bad_checksum)"))
                .isEmpty();
    }

    private static Map<String, Integer> types(Path capture) {
        Map<String, Integer> types = new TreeMap<>();
        decode(capture, "pgm", "-T", "fields", "-e", "pgm.hdr.type")
                .lines()
                .forEach(type -> types.merge(type, 1, Integer::sum));
        return types;
    }

    /** Every UDP port is decoded as PGM: NAKs go to ports of their own. */
    private static String decode(Path capture, String filter, String... more) {
        List<String> command = new ArrayList<>(
                List.of("tshark", "-r", capture.toString(), "-d", "udp.port==1024-65535,pgm", "-Y", filter));
        command.addAll(List.of(more));
        return Shell.runQuietly(command.toArray(String[]::new));
    }
}
