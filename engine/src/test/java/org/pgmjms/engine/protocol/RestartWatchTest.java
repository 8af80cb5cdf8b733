package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmEncoder;

/** A source that starts over under its old name is noticed; recorded SPMs of another session end nothing. */
class RestartWatchTest {
    private static final int FIRST = 7;
    private static final int OTHER = 8;
    private static final int LEAD = Integer.MIN_VALUE + 1;
    private static final int NONE = -1;

    private final RestartWatch watch = new RestartWatch();
    private final ByteBuf buffer = Unpooled.buffer(200);
    private final PacketView view = new PacketView();
    private long nowNs = Long.MAX_VALUE - 2 * SECOND;
    private int seenLead = LEAD;
    private int edge = LEAD + 1;

    private PacketView spm(int first) {
        SpmEncoder spm = new SpmEncoder()
                .wrap(buffer, 0)
                .session(1, 7500)
                .sqn(0)
                .trail(0)
                .lead(0);
        spm.path(ReceiverRig.SOURCE);
        if (first != NONE) {
            spm.sessionOption(1, first, 0, 0);
        }
        assertThat(view.wrap(buffer, 0, spm.finish())).isEqualTo(DecodeResult.OK);
        return view;
    }

    private boolean isOther(int first, int lead) {
        return watch.isOther(nowNs, spm(first).options(), lead, seenLead, edge);
    }

    private void stray(int first) {
        watch.onStray(nowNs, spm(first).options(), seenLead);
    }

    @Test
    void spmsOfTheSameSessionAreNotStrange() {
        for (int i = 0; i < 10; i++) {
            assertThat(isOther(FIRST, LEAD)).isFalse();
            assertThat(watch.isDoubtful()).isFalse();
            nowNs += SECOND;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {OTHER, FIRST})
    void threeStrangeOnesForThreeSecondsAreAnotherSession(int first) {
        isOther(FIRST, LEAD);
        int lead = first == FIRST ? LEAD - 1 : LEAD;

        assertThat(isOther(first, lead)).isFalse();
        assertThat(watch.isDoubtful()).isTrue();
        nowNs += SECOND;
        assertThat(isOther(first, lead)).isFalse();
        nowNs += 2 * SECOND - 1;
        assertThat(isOther(first, lead)).isFalse();
        nowNs++;

        assertThat(isOther(first, lead)).isTrue();
    }

    @Test
    void twoAreNotEnoughHoweverLongItTakes() {
        isOther(FIRST, LEAD);

        assertThat(isOther(OTHER, LEAD)).isFalse();
        nowNs += 4 * SECOND;
        assertThat(isOther(OTHER, LEAD)).isFalse();
        assertThat(isOther(OTHER, LEAD)).isTrue();
    }

    @Test
    void newDataOfTheSessionBetweenStartsTheCountOver() {
        isOther(FIRST, LEAD);
        isOther(OTHER, LEAD);
        isOther(OTHER, LEAD);
        nowNs += 4 * SECOND;
        seenLead++;

        assertThat(isOther(OTHER, LEAD)).isFalse();
        assertThat(isOther(OTHER, LEAD)).isFalse();
        assertThat(isOther(OTHER, LEAD)).isFalse();
        nowNs += 3 * SECOND;
        assertThat(isOther(OTHER, LEAD)).isTrue();
    }

    @Test
    void anSpmOfTheSessionBetweenStartsTheCountOver() {
        isOther(FIRST, LEAD);
        isOther(OTHER, LEAD);
        isOther(OTHER, LEAD);
        isOther(FIRST, LEAD);
        nowNs += 4 * SECOND;

        assertThat(watch.isDoubtful()).isFalse();
        assertThat(isOther(OTHER, LEAD)).isFalse();
        assertThat(isOther(OTHER, LEAD)).isFalse();
        assertThat(isOther(OTHER, LEAD)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1073741823, false", "1073741824, true"})
    void aLeadAQuarterOfTheNumbersAheadIsStrange(int ahead, boolean expected) {
        isOther(NONE, LEAD);
        isOther(NONE, edge + ahead);

        assertThat(watch.isDoubtful()).isEqualTo(expected);
    }

    @Test
    void theLeadThatIsKnownIsNotStrangeAndWithoutAnOptionNothingElseIs() {
        isOther(FIRST, LEAD);
        isOther(NONE, LEAD);

        assertThat(watch.isDoubtful()).isFalse();
    }

    @Test
    void strayOnesOfAnotherSessionCountFromTheFirstOn() {
        isOther(FIRST, LEAD);
        stray(OTHER);
        assertThat(watch.isDoubtful()).isTrue();
        nowNs += SECOND;
        stray(OTHER);
        nowNs += 2 * SECOND;

        assertThat(isOther(OTHER, LEAD)).isFalse();
        assertThat(isOther(OTHER, LEAD)).isFalse();
        assertThat(isOther(OTHER, LEAD)).isTrue();
    }

    @Test
    void newDataBetweenStrayOnesStartsTheTimeOver() {
        isOther(FIRST, LEAD);
        stray(OTHER);
        nowNs += 2 * SECOND;
        seenLead++;
        stray(OTHER);
        nowNs += SECOND;

        assertThat(isOther(OTHER, LEAD)).isFalse();
        assertThat(isOther(OTHER, LEAD)).isFalse();
        assertThat(isOther(OTHER, LEAD)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST, NONE})
    void strayOnesOfTheSessionItselfAreLate(int first) {
        isOther(FIRST, LEAD);
        stray(first);

        assertThat(watch.isDoubtful()).isFalse();
    }

    @Test
    void beforeTheFirstNumberIsKnownNoneIsAnother() {
        stray(OTHER);
        assertThat(watch.isDoubtful()).isFalse();

        isOther(FIRST, LEAD);
        assertThat(watch.isDoubtful()).isFalse();
    }

    @Test
    void afterAJumpTheNextSpmTellsTheFirstNumber() {
        isOther(FIRST, LEAD);
        isOther(OTHER, LEAD);
        watch.onJump();
        assertThat(watch.isDoubtful()).isFalse();

        isOther(OTHER, LEAD);
        assertThat(watch.isDoubtful()).isFalse();
        stray(FIRST);
        assertThat(watch.isDoubtful()).isTrue();
        watch.onJump();
        assertThat(watch.isDoubtful()).isFalse();
    }
}
