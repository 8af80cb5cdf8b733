package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.api.LossCause.HISTORY_GONE;
import static org.pgmjms.engine.api.LossCause.TRAIL_PASSED;
import static org.pgmjms.engine.api.SessionStart.FROM_BIRTH;
import static org.pgmjms.engine.api.SessionStart.FROM_JOIN;
import static org.pgmjms.engine.api.SessionStart.FROM_LEAD;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmEncoder;

/** Where a receiver starts, as the first SPM tells. RFC 3208, sections 6.1 and 9.4. */
class StartOfStreamTest {
    private static final int REACH = 1_000;
    private static final long NOW_NS = Long.MAX_VALUE - 5;
    private static final int BIRTH = Math.subtractExact(Integer.MAX_VALUE, 3);

    private final ByteBuf buffer = Unpooled.buffer(200);
    private final PacketView view = new PacketView();

    private void spm(int trail, int lead, Consumer<SpmEncoder> options) {
        SpmEncoder spm = new SpmEncoder()
                .wrap(buffer, 0)
                .session(1, 7500)
                .sqn(0)
                .trail(trail)
                .lead(lead)
                .path(ReceiverRig.SOURCE);
        options.accept(spm);
        assertThat(view.wrap(buffer, 0, spm.finish())).isEqualTo(DecodeResult.OK);
    }

    private StartOfStream start(long joinedNs, boolean lateJoin) {
        return StartOfStream.of(view.spm(), view.options(), NOW_NS, joinedNs, lateJoin, REACH);
    }

    /** An SPM of a session of this age that began with number 0, heard by a receiver of that one. */
    private SessionStart kind(long sessionMs, long receiverNs) {
        spm(BIRTH, BIRTH + 9, spm -> spm.sessionOption(1, BIRTH, sessionMs, 0));
        return start(NOW_NS - receiverNs, false).kind();
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000000000, FROM_BIRTH",
        "1000,  999500000, FROM_BIRTH", // clocks may differ by a 2000th
        "1000,  999499999, FROM_LEAD",
        "200000, 199900000000, FROM_BIRTH",
        "300000, 299900000000, FROM_BIRTH", // by a tenth of a second at most
        "300000, 299899999999, FROM_LEAD"
    })
    void whoIsOlderThanTheSessionGetsAllOfIt(long sessionMs, long receiverNs, SessionStart expected) {
        assertThat(kind(sessionMs, receiverNs)).isEqualTo(expected);
    }

    @Test
    void aYoungerReceiverStartsAfterTheLead() {
        spm(5, 9, spm -> spm.sessionOption(1, 0, 1_000, 0));

        StartOfStream start = start(NOW_NS, true);

        assertThat(start).isEqualTo(new StartOfStream(FROM_LEAD, 10, 10, TRAIL_PASSED));
        assertThat(start.isShort()).isFalse();
    }

    @Test
    void whatIsGoneSinceTheBirthIsMissing() {
        spm(5, 9, spm -> spm.sessionOption(1, 0, 1_000, 0));

        StartOfStream start = start(NOW_NS - 2_000 * MS, false);

        assertThat(start).isEqualTo(new StartOfStream(FROM_BIRTH, 0, 5, TRAIL_PASSED));
        assertThat(start.isShort()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 1, WINDOW_OVERFLOW", "1, 1, TRAIL_PASSED", "2, 2, TRAIL_PASSED"})
    void noMoreThanTheWindowHoldsIsAskedFor(int trail, int first, LossCause cause) {
        spm(trail, REACH, spm -> spm.sessionOption(1, 0, 0, 0));

        assertThat(start(NOW_NS, false)).isEqualTo(new StartOfStream(FROM_BIRTH, 0, first, cause));
    }

    @Test
    void aLateJoinerStartsWhereItIsOffered() {
        spm(5, 9, spm -> spm.join(7));

        assertThat(start(NOW_NS, true)).isEqualTo(new StartOfStream(FROM_JOIN, 7, 7, HISTORY_GONE));
        assertThat(start(NOW_NS, false).kind()).isEqualTo(FROM_LEAD);
    }

    @Test
    void anOfferThatIsOlderThanTheTrailIsShort() {
        spm(BIRTH + 5, BIRTH + 9, spm -> spm.join(BIRTH));

        StartOfStream start = start(NOW_NS, true);

        assertThat(start).isEqualTo(new StartOfStream(FROM_JOIN, BIRTH, BIRTH + 5, HISTORY_GONE));
        assertThat(start.isShort()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, FROM_JOIN", "-1, FROM_LEAD", "536870912, FROM_JOIN", "536870913, FROM_LEAD"})
    void historyIsBeforeTheNextNumberAndNotTooFar(int before, SessionStart expected) {
        spm(0, 99, spm -> spm.join(100 - before));

        assertThat(start(NOW_NS, true).kind()).isEqualTo(expected);
    }

    @Test
    void aBirthBeyondTheLeadIsNoBirth() {
        spm(0, 99, spm -> spm.sessionOption(1, 101, 0, 0));

        assertThat(start(NOW_NS - MS, false).kind()).isEqualTo(FROM_LEAD);
    }

    @Test
    void aSilentSessionGoesOnWhereItWasLeft() {
        spm(5, 9, spm -> {});

        assertThat(StartOfStream.resumed(view.spm(), 7, REACH))
                .isEqualTo(new StartOfStream(FROM_LEAD, 7, 7, TRAIL_PASSED));
        assertThat(StartOfStream.resumed(view.spm(), 3, REACH))
                .isEqualTo(new StartOfStream(FROM_LEAD, 3, 5, TRAIL_PASSED));
        assertThat(StartOfStream.resumed(view.spm(), 11, REACH))
                .isEqualTo(new StartOfStream(FROM_LEAD, 10, 10, TRAIL_PASSED));
    }
}
