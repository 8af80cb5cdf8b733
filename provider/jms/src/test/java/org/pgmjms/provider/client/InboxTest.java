package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pgmjms.provider.testing.Call;

class InboxTest {
    private final Inbox inbox = new Inbox();

    @Test
    void isEmptyUntilSomethingIsAddedAndAfterItIsTaken() {
        assertThat(inbox.isEmpty()).isTrue();
        assertThat(inbox.poll()).isNull();

        inbox.add("a");

        assertThat(inbox.isEmpty()).isFalse();
        assertThat(inbox.poll()).isEqualTo("a");
        assertThat(inbox.isEmpty()).isTrue();
        assertThat(inbox.poll()).isNull();
    }

    @Test
    void keepsTheOrderHoweverMuchWaits() {
        int added = 0;
        int taken = 0;
        for (int more : new int[] {1, 254, 255, 256, 1, 1000, 255}) {
            for (int i = 0; i < more; i++) {
                inbox.add(added++);
            }
            for (int i = 0; i < more; i++) {
                assertThat(inbox.isEmpty()).isFalse();
                assertThat(inbox.poll()).isEqualTo(taken++);
            }
            assertThat(inbox.isEmpty()).isTrue();
        }
    }

    @Test
    void handsEverythingFromOneThreadToAnother() throws Exception {
        int count = 300_000;
        Call<Void> adding = Call.of(() -> {
            for (int i = 0; i < count; i++) {
                inbox.add(i);
            }
        });

        int next = 0;
        while (next < count) {
            Object taken = inbox.poll();
            if (taken != null) {
                assertThat(taken).isEqualTo(next++);
            } else if (adding.isDone() && inbox.isEmpty()) {
                break;
            }
        }

        adding.result();
        assertThat(next).isEqualTo(count);
        assertThat(inbox.isEmpty()).isTrue();
    }
}
