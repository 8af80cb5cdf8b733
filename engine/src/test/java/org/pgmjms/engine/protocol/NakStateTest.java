package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.protocol.NakState.Action;
import org.pgmjms.engine.protocol.NakState.State;

/** The rows of the state diagram of RFC 3208, section 6.3. */
class NakStateTest {
    private static final long BACK_OFF_NS = 2;
    private static final long REPEAT_NS = 20;
    private static final long RDATA_NS = 40;
    private static final long MAX_NS = 100;
    private static final NakTimes TIMES = new NakTimes(REPEAT_NS, RDATA_NS, MAX_NS, 3, 3, 0);
    private static final long START_NS = Long.MAX_VALUE - 10;

    private final NakState repair = new NakState();
    private long nowNs = START_NS;

    @BeforeEach
    void foundMissing() {
        repair.start(nowNs, BACK_OFF_NS);
    }

    private Action afterTheTimer() {
        nowNs = repair.deadlineNs();
        return repair.onTimeout(nowNs, BACK_OFF_NS, TIMES);
    }

    private void asked() {
        assertThat(afterTheTimer()).isEqualTo(Action.SEND_NAK);
        repair.onNakSent(nowNs, TIMES);
    }

    @Test
    void backsOffFirst() {
        assertThat(repair.state()).isEqualTo(State.BACK_OFF);
        assertThat(repair.deadlineNs()).isEqualTo(START_NS + BACK_OFF_NS);
        assertThat(repair.onTimeout(START_NS + BACK_OFF_NS - 1, BACK_OFF_NS, TIMES))
                .isEqualTo(Action.NONE);
    }

    @Test
    void waitsForTheNcfOnceItAsked() {
        asked();

        assertThat(repair.state()).isEqualTo(State.WAIT_NCF);
        assertThat(repair.deadlineNs()).isEqualTo(nowNs + REPEAT_NS);
    }

    @Test
    void backsOffAgainWhenThereIsNobodyToAsk() {
        assertThat(afterTheTimer()).isEqualTo(Action.SEND_NAK);

        repair.postpone(nowNs, 7);

        assertThat(repair.state()).isEqualTo(State.BACK_OFF);
        assertThat(repair.deadlineNs()).isEqualTo(nowNs + 7);
    }

    @Test
    void anNcfDuringBackOffSavesTheNak() {
        assertThat(repair.onNcf(nowNs, TIMES)).isTrue();

        assertThat(repair.state()).isEqualTo(State.WAIT_DATA);
        assertThat(repair.deadlineNs()).isEqualTo(nowNs + RDATA_NS);
    }

    @Test
    void theNakOfAnotherReceiverSavesTheNakButProvesNothing() {
        assertThat(repair.onPeerNak(nowNs, TIMES)).isTrue();

        assertThat(repair.state()).isEqualTo(State.WAIT_NCF);
        assertThat(repair.deadlineNs()).isEqualTo(nowNs + REPEAT_NS);
    }

    @Test
    void anNcfWhileWaitingForItMeansDataIsNear() {
        asked();

        assertThat(repair.onNcf(nowNs, TIMES)).isFalse();

        assertThat(repair.state()).isEqualTo(State.WAIT_DATA);
        assertThat(repair.deadlineNs()).isEqualTo(nowNs + RDATA_NS);
    }

    @Test
    void anotherNakWhileWaitingForTheNcfStartsTheWaitAgain() {
        asked();

        repair.onPeerNak(nowNs + 5, TIMES);

        assertThat(repair.state()).isEqualTo(State.WAIT_NCF);
        assertThat(repair.deadlineNs()).isEqualTo(nowNs + 5 + REPEAT_NS);
    }

    @Test
    void withoutAnNcfItBacksOffAndAsksAgain() {
        asked();

        assertThat(afterTheTimer()).isEqualTo(Action.NONE);

        assertThat(repair.state()).isEqualTo(State.BACK_OFF);
        assertThat(repair.deadlineNs()).isEqualTo(nowNs + BACK_OFF_NS);
    }

    @Test
    void givesUpAfterTheLastUnconfirmedNak() {
        for (int naks = 1; naks < TIMES.ncfRetries(); naks++) {
            asked();
            assertThat(afterTheTimer()).isEqualTo(Action.NONE);
        }
        asked();

        assertThat(afterTheTimer()).isEqualTo(Action.GIVE_UP);
        assertThat(repair.cause()).isEqualTo(LossCause.NAK_RETRIES);
    }

    @Test
    void anNcfOrNakWhileWaitingForDataStartsTheWaitAgain() {
        asked();
        repair.onNcf(nowNs, TIMES);

        repair.onNcf(nowNs + 10, TIMES);
        assertThat(repair.deadlineNs()).isEqualTo(nowNs + 10 + RDATA_NS);

        repair.onPeerNak(nowNs + 20, TIMES);
        assertThat(repair.deadlineNs()).isEqualTo(nowNs + 20 + RDATA_NS);
        assertThat(repair.state()).isEqualTo(State.WAIT_DATA);
    }

    @Test
    void confirmationsCannotPutOffTheDataForEver() {
        asked();
        repair.onNcf(nowNs, TIMES);
        long confirmedNs = nowNs;

        for (int i = 1; i < 200; i++) {
            repair.onNcf(confirmedNs + i, TIMES);
        }

        assertThat(repair.deadlineNs()).isEqualTo(confirmedNs + 2 * RDATA_NS);
    }

    @Test
    void aWaitThatOthersBeganIsNotMadeLonger() {
        repair.start(nowNs, BACK_OFF_NS);
        repair.onNcf(nowNs, TIMES);

        repair.onNcf(nowNs + 10, TIMES);
        repair.onPeerNak(nowNs + 20, TIMES);

        assertThat(repair.deadlineNs()).isEqualTo(nowNs + RDATA_NS);
    }

    @Test
    void withoutDataItBacksOffAndAsksAgain() {
        asked();
        repair.onNcf(nowNs, TIMES);

        assertThat(afterTheTimer()).isEqualTo(Action.NONE);

        assertThat(repair.state()).isEqualTo(State.BACK_OFF);
    }

    @Test
    void givesUpAfterTheLastConfirmationWithoutData() {
        for (int i = 1; i < TIMES.dataRetries(); i++) {
            asked();
            repair.onNcf(nowNs, TIMES);
            assertThat(afterTheTimer()).isEqualTo(Action.NONE);
        }
        asked();
        repair.onNcf(nowNs, TIMES);

        assertThat(afterTheTimer()).isEqualTo(Action.GIVE_UP);
        assertThat(repair.cause()).isEqualTo(LossCause.RDATA_RETRIES);
    }

    @Test
    void anNcfForgivesTheNaksThatWentUnconfirmed() {
        asked();
        afterTheTimer();
        asked();
        afterTheTimer();
        asked();
        repair.onNcf(nowNs, TIMES);
        assertThat(afterTheTimer()).isEqualTo(Action.NONE);

        asked();

        assertThat(repair.deadlineNs()).isEqualTo(nowNs + REPEAT_NS);
        assertThat(afterTheTimer()).isEqualTo(Action.NONE);
    }

    @Test
    void waitsDoubleWithEachTryUpToALimit() {
        assertThat(TIMES.repeatNs(0)).isEqualTo(20);
        assertThat(TIMES.repeatNs(1)).isEqualTo(40);
        assertThat(TIMES.repeatNs(2)).isEqualTo(80);
        assertThat(TIMES.repeatNs(3)).isEqualTo(100);
        assertThat(TIMES.repeatNs(1000)).isEqualTo(100);
        assertThat(TIMES.rdataNs(1)).isEqualTo(80);
    }

    @Test
    void afterAnEmptyRoundThatOthersCausedNobodyCanSuppressTheNextOne() {
        repair.onNcf(nowNs, TIMES);
        assertThat(afterTheTimer()).isEqualTo(Action.NONE);

        assertThat(repair.onNcf(nowNs, TIMES)).isFalse();
        assertThat(repair.onPeerNak(nowNs, TIMES)).isFalse();

        assertThat(repair.state()).isEqualTo(State.BACK_OFF);
        asked();
        assertThat(repair.onNcf(nowNs, TIMES)).isFalse();
        assertThat(repair.state()).isEqualTo(State.WAIT_DATA);
    }

    @Test
    void aPartOfAGapGoesOnLikeTheWhole() {
        asked();
        NakState part = new NakState();

        part.copyFrom(repair);

        assertThat(part.state()).isEqualTo(State.WAIT_NCF);
        assertThat(part.deadlineNs()).isEqualTo(repair.deadlineNs());
        assertThat(part.bornNs()).isEqualTo(START_NS);
    }
}
