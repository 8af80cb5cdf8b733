package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendCreditTest {
    private static final int PACKET = 1500;
    private static final long SECOND_NS = 1_000_000_000;

    private final SendCredit credit = new SendCredit(
            new SourceConfigBuilder().rate(100_000, 8_000).repairShare(0.25).build(), PACKET, 0);

    @Test
    void keepsSomethingForConfirmationsAndSpmsWhenDataHasTakenAllItCan() {
        drainByData();

        assertThat(credit.allowsData(PACKET, 0)).isFalse();
        assertThat(credit.tryTakeConfirmation(100, 0)).isTrue();
        assertThat(credit.tryTakeSpm(SendCredit.SPM_RESERVE_BYTES, 0)).isTrue();
    }

    @Test
    void letsTheLongestConfirmationGoHoweverSmallTheBucketIs() {
        int longestConfirmation = 400;

        SendCredit small = new SendCredit(
                new SourceConfigBuilder().rate(100_000, 256).repairShare(0.25).build(), 256, 0);

        assertThat(small.tryTakeConfirmation(longestConfirmation, 0)).isTrue();
    }

    @Test
    void keepsSomethingForSpmsWhenConfirmationsHaveTakenAllTheyCan() {
        drainByData();
        long nowNs = 0;
        for (int i = 0; i < 1_000; i++) {
            credit.tryTakeConfirmation(100, nowNs);
        }

        assertThat(credit.tryTakeConfirmation(100, nowNs)).isFalse();
        assertThat(credit.tryTakeSpm(SendCredit.SPM_RESERVE_BYTES, nowNs)).isTrue();
    }

    @Test
    void givesConfirmationsATenthOfTheRate() {
        int taken = 0;
        for (long nowNs = 0; nowNs < 10 * SECOND_NS; nowNs += SECOND_NS / 1000) {
            taken += credit.tryTakeConfirmation(100, nowNs) ? 100 : 0;
        }

        assertThat(taken).isBetween(100_000, 102_000);
    }

    @Test
    void boundsRepairsOnlyWhileDataWaits() {
        credit.takeRepair(PACKET, 0);

        assertThat(credit.allowsRepair(PACKET, true, 0)).isFalse();
        assertThat(credit.allowsRepair(PACKET, false, 0)).isTrue();
        assertThat(credit.repairReadyNs(PACKET, true, 0)).isGreaterThan(credit.repairReadyNs(PACKET, false, 0));
    }

    @Test
    void saysExactlyWhenDataMayGo() {
        drainByData();

        long readyNs = credit.dataReadyNs(PACKET, 0);

        assertThat(credit.allowsData(PACKET, readyNs - 1)).isFalse();
        assertThat(credit.allowsData(PACKET, readyNs)).isTrue();
    }

    @Test
    void allowsAPacketHoweverSmallTheBucketIsSet() {
        SendCredit small = new SendCredit(
                new SourceConfigBuilder().rate(1_000, 1).repairShare(0).build(), PACKET, 0);

        assertThat(small.allowsData(PACKET, 0)).isTrue();
        assertThat(small.allowsRepair(PACKET, true, 0)).isTrue();
    }

    private void drainByData() {
        while (credit.allowsData(PACKET, 0)) {
            credit.takeData(PACKET);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void saysExactlyWhenARepairMayGo(boolean shared, boolean flooded) {
        for (int i = 0; i < 3; i++) {
            credit.takeRepair(PACKET, 0);
        }
        drainByData();
        if (flooded) {
            credit.onFlood(0);
        }

        long readyNs = credit.repairReadyNs(PACKET, shared, 0);

        assertThat(credit.allowsRepair(PACKET, shared, readyNs - 1)).isFalse();
        if (readyNs < SECOND_NS) {
            assertThat(credit.allowsRepair(PACKET, shared, readyNs)).isTrue();
        } else {
            // the flood is over by then
            assertThat(flooded).isTrue();
        }
    }

    @Test
    void givesRepairsLessWhileThereIsAFlood() {
        credit.takeRepair(PACKET, 0);
        long nowNs = credit.repairReadyNs(PACKET, true, 0);
        assertThat(credit.allowsRepair(PACKET, true, nowNs)).isTrue();

        credit.onFlood(nowNs);

        assertThat(credit.allowsRepair(PACKET, true, nowNs)).isFalse();
        assertThat(credit.allowsRepair(PACKET, false, nowNs)).isTrue();
        assertThat(credit.repairReadyNs(PACKET, true, nowNs)).isGreaterThan(nowNs);
    }

    @Test
    void aFloodLastsForASecondAfterTheLastRequestTooMany() {
        assertThat(credit.wasFlooded()).isFalse();
        assertThat(credit.onFlood(0)).isTrue();
        assertThat(credit.onFlood(SECOND_NS - 1)).isFalse();

        assertThat(credit.isFlooded(2 * SECOND_NS - 2)).isTrue();
        assertThat(credit.wasFlooded()).isTrue();
        assertThat(credit.isFlooded(2 * SECOND_NS - 1)).isFalse();
        assertThat(credit.wasFlooded()).isFalse();
        assertThat(credit.onFlood(2 * SECOND_NS - 1)).isTrue();
    }

    @Test
    void whatTheSocketRefusedCanBeSentAgain() {
        drainByData();
        assertThat(credit.allowsData(PACKET, 0)).isFalse();

        credit.giveBack(PACKET);

        assertThat(credit.allowsData(PACKET, 0)).isTrue();
    }

    @Test
    void aRepairThatTheSocketRefusedHasItsShareAgain() {
        credit.onFlood(0);
        credit.takeRepair(PACKET, 0);
        assertThat(credit.allowsRepair(PACKET, true, 0)).isFalse();

        credit.giveBackRepair(PACKET);

        assertThat(credit.allowsRepair(PACKET, true, 0)).isTrue();
        drainByData();
        assertThat(credit.allowsRepair(PACKET, false, 0)).isFalse();
        credit.giveBackRepair(PACKET);
        assertThat(credit.allowsRepair(PACKET, false, 0)).isTrue();
    }

    @Test
    void saysExactlyWhenAnSpmMayGo() {
        int cost = SendCredit.SPM_RESERVE_BYTES;
        while (credit.tryTakeSpm(cost, 0)) {
            // until nothing is left
        }

        long readyNs = credit.spmReadyNs(cost, 0);

        assertThat(readyNs).isPositive();
        assertThat(credit.tryTakeSpm(cost, readyNs - 1)).isFalse();
        assertThat(credit.tryTakeSpm(cost, readyNs)).isTrue();
    }

    @Test
    void aConfirmationLeavesRoomForAnSpm() {
        SendCredit small =
                new SendCredit(new SourceConfigBuilder().rate(100_000, 1_024).build(), 512, 0);
        assertThat(small.tryTakeSpm(1_024 - SendCredit.SPM_RESERVE_BYTES - 99, 0))
                .isTrue();

        assertThat(small.tryTakeConfirmation(100, 0)).isFalse();
        assertThat(small.tryTakeConfirmation(99, 0)).isTrue();
        assertThat(small.tryTakeSpm(SendCredit.SPM_RESERVE_BYTES, 0)).isTrue();
    }
}
