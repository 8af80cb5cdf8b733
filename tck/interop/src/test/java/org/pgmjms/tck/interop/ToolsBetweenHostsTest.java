package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** {@code pgmjms doctor} finds what is wrong between two hosts; {@code pgmjms dump} shows what passes between them. */
@RequiresLab
class ToolsBetweenHostsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aDoctorTellsWhatIsWrongBetweenTwoHosts() throws InterruptedException {
        try (Lab lab = new Lab()) {
            LabHost here = lab.host("here");
            LabHost there = lab.host("there");
            LabProcess listener = tool(there, "doctor", "listen", "--url", LiveTools.url());
            listener.awaitLine(line -> line.startsWith("listening to "), LiveTools.READY);

            LabProcess healthy = probe(here, 0);
            assertThat(healthy.lines()).noneMatch(line -> line.startsWith("FAIL"));
            assertThat(healthy.lines())
                    .anyMatch(line -> line.startsWith("ok    igmp "))
                    .anyMatch(line -> line.startsWith("ok    reach ") && line.contains(there.ipv4()))
                    .anyMatch(line -> line.startsWith("ok    size ") && line.contains("1472 bytes"))
                    .anyMatch(line -> line.startsWith("ok    requests "))
                    .anyMatch(line -> line.startsWith("ok    return "));

            drop(here, "ip saddr " + there.ipv4() + " ip daddr " + here.ipv4());
            assertThat(probe(here, 1).lines())
                    .anyMatch(line -> line.startsWith("FAIL  requests "))
                    .anyMatch(line -> line.startsWith("ok    return "));

            drop(here, "ip saddr " + there.ipv4() + " ip daddr 239.192.0.1");
            assertThat(probe(here, 0).lines()).anyMatch(line -> line.startsWith("WARN  return "));

            drop(there, "ip saddr " + here.ipv4() + " udp length > 1000");
            assertThat(probe(here, 1).lines()).anyMatch(line -> line.startsWith("FAIL  size "));

            drop(there, "ip saddr " + here.ipv4() + " ip ttl 1");
            assertThat(probe(here, 1).lines())
                    .anyMatch(line -> line.startsWith("FAIL  reach ") && line.contains("raise pgm.ttl"));

            drop(there, "udp dport " + LiveTools.PORT);
            assertThat(probe(here, 1).lines())
                    .anyMatch(line -> line.startsWith("FAIL  reach ") && line.contains("nobody answers"));
            assertThat(failing(there).lines()).anyMatch(line -> line.startsWith("FAIL  self "));

            here.mtu(1000);
            assertThat(probe(here, 1).lines()).anyMatch(line -> line.startsWith("FAIL  mtu "));

            there.run("ip", "link", "set", "eth0", "down");
            assertThat(failing(there).lines()).anyMatch(line -> line.startsWith("pgmjms: interface=eth0 is down; "));
        }
    }

    @Test
    void aDumpShowsWhatTheGroupHears() throws InterruptedException {
        try (Lab lab = new Lab()) {
            LabHost here = lab.host("here");
            LabHost there = lab.host("there");
            LabProcess dump = tool(there, "dump", "--url", LiveTools.url(), "--count=20", "--timeout=60");
            dump.awaitLine(line -> line.startsWith("listening to "), LiveTools.READY);

            LiveTools.publish(here, LiveTools.url(), "--topic=t", "--count=200", "--size=600", "--rate=400");

            assertThat(dump.awaitExit(PATIENCE)).as(dump.tail()).isZero();
            assertThat(dump.lines())
                    .filteredOn(line -> line.contains(" > 239.192.0.1:7500 "))
                    .hasSize(20)
                    .anyMatch(line -> line.contains(" SPM tsi="))
                    .anyMatch(line -> line.contains(" ODATA tsi=") && line.contains(" DATA_SQN="));
        }
    }

    /** What is wrong with a host by itself. */
    private static LabProcess failing(LabHost host) throws InterruptedException {
        LabProcess local = tool(host, "doctor", "--url", LiveTools.url());
        assertThat(local.awaitExit(PATIENCE)).as(local.tail()).isEqualTo(1);
        return local;
    }

    private static LabProcess probe(LabHost host, int exitCode) throws InterruptedException {
        LabProcess probe = tool(host, "doctor", "probe", "--url", LiveTools.url(), "--wait=0.5");
        assertThat(probe.awaitExit(PATIENCE)).as(probe.tail()).isEqualTo(exitCode);
        return probe;
    }

    /** From now on a host drops these packets, and no others. */
    private static void drop(LabHost host, String rule) throws InterruptedException {
        String rules = "flush ruleset; table ip doctor { chain in { type filter hook input priority 0; " + rule
                + " drop; }; }";
        LabProcess nft = host.start("nft", rules);
        assertThat(nft.awaitExit(PATIENCE)).as(nft.tail()).isZero();
    }

    private static LabProcess tool(LabHost host, String... arguments) {
        return host.startJava(LiveTools.SMALL, "org.pgmjms.tools.PgmjmsCommand", arguments);
    }
}
