package org.pgmjms.tck.faults.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamLedgerTest {
    private static final long OFFSET = 100;

    private final StreamLedger ledger = new StreamLedger(0);

    private void deliver(int... numbers) {
        for (int number : numbers) {
            ledger.onMessage(number, number + OFFSET);
        }
    }

    private void report(int first, int last) {
        ledger.onReport(first + OFFSET, last + OFFSET, last - first + 1);
    }

    private static StreamLedger.Account account(long received) {
        return new StreamLedger.Account(received, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void everythingInOrderIsSound() {
        deliver(3, 4, 5);

        assertThat(ledger.close(6)).isEqualTo(account(3));
    }

    @Test
    void aGapThatWasReportedIsNotSilent() {
        deliver(0, 1, 4);
        report(2, 3);

        assertThat(ledger.close(5)).isEqualTo(new StreamLedger.Account(3, 2, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aGapThatWasReportedInPartIsSilentForTheRest() {
        deliver(0, 5);
        report(1, 2);

        assertThat(ledger.close(6)).isEqualTo(new StreamLedger.Account(2, 2, 2, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void whatIsMissingInTheEndIsTheTail() {
        deliver(0, 1);
        report(2, 3);

        assertThat(ledger.close(7)).isEqualTo(new StreamLedger.Account(2, 2, 0, 3, 0, 0, 0, 0, 0));
    }

    @Test
    void reportsOfWhatCameOfWhatWasNeverSentAndAgainArePhantoms() {
        deliver(0, 1, 3);
        report(1, 2);
        report(2, 2);
        report(4, 4);

        assertThat(ledger.close(4)).isEqualTo(new StreamLedger.Account(3, 1, 0, 0, 3, 0, 0, 0, 0));
    }

    @Test
    void aReportWhoseCountIsNotItsRangeIsWrong() {
        deliver(0, 3);
        ledger.onReport(1 + OFFSET, 2 + OFFSET, 7);

        assertThat(ledger.close(4).phantom()).isEqualTo(5);
    }

    @Test
    void reportsFromBeforeTheFirstMessageCountApart() {
        report(0, 4);
        deliver(5);

        assertThat(ledger.close(6)).isEqualTo(new StreamLedger.Account(1, 0, 0, 0, 0, 5, 0, 0, 0));
    }

    @Test
    void duplicatesAndDisorderAreTold() {
        deliver(0, 2, 2, 1);

        StreamLedger.Account account = ledger.close(3);

        assertThat(account.duplicates()).isEqualTo(1);
        assertThat(account.disordered()).isEqualTo(1);
    }

    @Test
    void aTopicSequenceThatDoesNotFollowTheNumbersIsDisorder() {
        deliver(0);
        ledger.onMessage(1, 2 + OFFSET);

        assertThat(ledger.close(2).disordered()).isEqualTo(1);
    }

    @Test
    void aStreamIsCompleteWhenItsLastMessageIsDeliveredOrReported() {
        assertThat(ledger.isComplete(3)).isFalse();
        deliver(0, 1);
        assertThat(ledger.isComplete(3)).isFalse();
        report(2, 2);
        assertThat(ledger.isComplete(3)).isTrue();
    }
}
