package org.pgmjms.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code pgmjms doctor} on the loopback. Between hosts it is tested in a lab. */
class DoctorCommandTest {
    private static final String URL = "epgm://lo;239.192.75.6:17693";

    @Test
    void findsNothingWrongWithTheLoopback() {
        CommandRun run = CommandRun.of("doctor", "--url", URL);

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.lines()).anyMatch(line -> line.matches("WARN +interface +lo .* reaches this host only"));
        assertThat(run.lines()).anyMatch(line -> line.startsWith("ok    mtu "));
        assertThat(run.lines()).anyMatch(line -> line.startsWith("ok    igmp "));
        assertThat(run.lines()).anyMatch(line -> line.startsWith("ok    self "));
    }

    @Test
    void aListenerAndAProberFindEachOther() throws Exception {
        JoinedWriter err = new JoinedWriter("listening to ");
        CompletableFuture<CommandRun> listener = CompletableFuture.supplyAsync(
                () -> CommandRun.of(err, "doctor", "listen", "--url", URL, "--timeout", "8"));
        err.awaitWord();

        CommandRun probe = CommandRun.of("doctor", "probe", "--url", URL, "--wait", "0.5");

        assertThat(probe.code()).as(probe.out()).isZero();
        assertThat(probe.out())
                .contains(" hears this host, and answers in ", "packets of 1472 bytes get to 127.0.0.1 (")
                .contains("to this host alone arrives, 20 of 20", "to the group arrives, 20 of 20");
        CommandRun heard = listener.get(30, TimeUnit.SECONDS);
        assertThat(heard.code()).isZero();
        assertThat(heard.out()).contains("small from 127.0.0.1", "large from 127.0.0.1");
    }

    @Test
    void saysWhenNobodyAnswers() {
        CommandRun run = CommandRun.of(
                "doctor", "probe", "--url", "epgm://lo;239.192.75.6:17694", "--count", "2", "--wait", "0.1");

        assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.out()).contains("FAIL  reach      nobody answers");
    }

    @Test
    void warnsOfAReservedGroupATtlOfZeroAndASmallBuffer() {
        CommandRun run = CommandRun.of(
                "doctor",
                "--url",
                "epgm://lo;224.0.0.200:17695?pgm.ttl=0&pgm.maxRate=100Gbit/s&pgm.receiveBuffer=1GiB");

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.lines()).anyMatch(line -> line.matches("WARN +group +224\\.0\\.0\\.200 is reserved.*"));
        assertThat(run.lines()).anyMatch(line -> line.startsWith("WARN  ttl "));
        assertThat(run.lines()).anyMatch(line -> line.matches("WARN +buffer .*sysctl -w net.core.rmem_max=\\d+"));
    }

    @Test
    void saysWhenThereIsNoSuchInterface() {
        assertThat(CommandRun.of("doctor", "--url", "epgm://nowhere;239.192.75.6:17693")
                        .err())
                .contains("nowhere");
    }

    @Test
    void wrongUsageIsExitCode2() {
        assertThat(CommandRun.of("doctor").code()).isEqualTo(2);
        assertThat(CommandRun.of("doctor", "guess", "--url", URL).code()).isEqualTo(2);
        assertThat(CommandRun.of("doctor", "probe", "--url", URL, "--count", "0")
                        .code())
                .isEqualTo(2);
    }
}
