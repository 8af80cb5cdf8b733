package org.pgmjms.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the account of kills finds, and what it allows. */
class StoreLedgerTest {
    private final StoreLedger ledger = new StoreLedger();

    private void says(String... lines) {
        ledger.add(List.of(lines));
    }

    @Test
    void allIsWell() {
        says("OPEN q", "SENDING a@q b@q", "SENT a@q b@q", "GOT q a@q 1 false", "ACKNOWLEDGING q a@q");
        says("OPEN q", "GOT q a@q 2 true", "GOT q b@q 1 false", "ACKNOWLEDGING q a@q b@q", "ACKNOWLEDGED q a@q b@q");
        says("SENDING c@q");

        assertThat(ledger.faults()).isEmpty();
        assertThat(ledger.facts())
                .containsEntry("sends", "1")
                .containsEntry("sends in flight", "1")
                .containsEntry("again, acknowledgement in flight", "1");
    }

    @Test
    void anAcknowledgementInFlightMayHaveWorked() {
        says("OPEN q", "SENDING a@q", "SENT a@q", "GOT q a@q 1 false", "ACKNOWLEDGING q a@q");

        assertThat(ledger.faults()).isEmpty();
    }

    @Test
    void whatEachSubscriptionShouldGetIsMissed() {
        says("OPEN topic.x", "OPEN topic.y", "SENDING a@topic", "SENT a@topic");
        says("GOT topic.x a@topic 1 false", "ACKNOWLEDGING topic.x a@topic", "ACKNOWLEDGED topic.x a@topic");

        assertThat(ledger.faults()).containsExactly("lost: [a@topic]");
    }

    @Test
    void aTransactionInFlightIsStoredAsAWhole() {
        says("OPEN q", "SENDING a@q b@q", "GOT q b@q 1 false", "ACKNOWLEDGING q b@q", "ACKNOWLEDGED q b@q");

        assertThat(ledger.faults()).singleElement().asString().startsWith("only a part");
    }

    @Test
    void whatWasReceivedAndNotAcknowledgedHasToComeAgain() {
        says("OPEN q", "SENDING a@q", "SENT a@q", "GOT q a@q 1 false");

        assertThat(ledger.faults()).containsExactly("not acknowledged and not there any more: q a@q");
    }

    @Test
    void whatWasAcknowledgedDoesNotComeAgain() {
        says("OPEN q", "SENDING a@q", "SENT a@q", "GOT q a@q 1 false", "ACKNOWLEDGING q a@q", "ACKNOWLEDGED q a@q");
        says("OPEN q", "GOT q a@q 2 true", "ACKNOWLEDGING q a@q", "ACKNOWLEDGED q a@q");

        assertThat(ledger.faults()).containsExactly("q a@q came again after it had been acknowledged");
    }

    @Test
    void whatComesAgainIsFlagged() {
        says("OPEN q", "SENDING a@q", "SENT a@q", "GOT q a@q 1 false", "ACKNOWLEDGING q a@q");
        says("OPEN q", "GOT q a@q 1 false", "ACKNOWLEDGING q a@q", "ACKNOWLEDGED q a@q");

        assertThat(ledger.faults()).containsExactly("q a@q came again and has JMSXDeliveryCount 1");
    }

    @Test
    void flagAndCountAgree() {
        says("OPEN q", "SENDING a@q", "SENT a@q", "GOT q a@q 1 true", "ACKNOWLEDGING q a@q");

        assertThat(ledger.faults()).containsExactly("q a@q has JMSXDeliveryCount 1 and JMSRedelivered true");
    }

    @Test
    void aConsumerGetsNothingTwice() {
        says("OPEN q", "SENDING a@q", "SENT a@q", "GOT q a@q 1 false", "GOT q a@q 2 true", "ACKNOWLEDGING q a@q");

        assertThat(ledger.faults()).containsExactly("q a@q came twice to the same consumer");
    }

    @Test
    void whatNobodySentAndDeadLettersAreFound() {
        says("OPEN q", "SENDING a@q", "GOT q b@q 1 false", "ACKNOWLEDGING q b@q", "OPEN DLQ", "GOT DLQ a@q 11 true");
        says("ACKNOWLEDGING DLQ a@q");

        assertThat(ledger.faults()).containsExactlyInAnyOrder("not sent there: q b@q", "not sent there: DLQ a@q");
    }

    @Test
    void errorsOfProgramsAreFaults() {
        says("ERROR of a program");

        assertThat(ledger.faults()).containsExactly("ERROR of a program");
    }
}
