package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.engine.wire.Afi;
import org.pgmjms.engine.wire.Nla;

class NakBudgetTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final Nla SENDER = Nla.ipv4(0x0A000001);

    @Test
    void listensToOneSenderSoOften() {
        NakBudget budget = new NakBudget(10, 1000, 0);

        assertThat(taken(budget, SENDER, 5000, 50, 0)).isEqualTo(10);
        assertThat(taken(budget, SENDER, 5000, 50, SECOND_NS / 2)).isEqualTo(5);
    }

    @Test
    void countsPortsOfOneAddressApart() {
        NakBudget budget = new NakBudget(10, 1000, 0);
        taken(budget, SENDER, 5000, 50, 0);

        assertThat(taken(budget, SENDER, 5001, 50, 0)).isEqualTo(10);
    }

    @Test
    void boundsAllSendersTogether() {
        NakBudget budget = new NakBudget(10, 35, 0);

        int all = 0;
        for (int port = 1; port <= 10; port++) {
            all += taken(budget, SENDER, port, 10, 0);
        }

        assertThat(all).isEqualTo(35);
    }

    @Test
    void takesNothingFromASenderWhenTheRestIsSpent() {
        NakBudget budget = new NakBudget(10, 20, 0);
        taken(budget, SENDER, 1, 10, 0);
        taken(budget, SENDER, 2, 10, 0);
        taken(budget, SENDER, 3, 50, 0);

        assertThat(taken(budget, SENDER, 3, 50, SECOND_NS / 2)).isEqualTo(10);
    }

    @Test
    void countsForwardedOnesOnlyInAll() {
        NakBudget budget = new NakBudget(1, 20, 0);

        int all = 0;
        while (budget.tryTakeForwarded(0)) {
            all++;
        }

        assertThat(all).isEqualTo(20);
    }

    @Seeds
    void holdsTheBoundOfAllWhoeverAsks(long seed) {
        Gen gen = new Gen(seed);
        NakBudget budget = new NakBudget(5, 200, 0);

        int all = 0;
        for (int i = 0; i < 20_000; i++) {
            Nla from = gen.oneIn(2) ? gen.unicast(Afi.IPV4) : gen.unicast(Afi.IPV6);
            all += budget.tryTake(from, gen.port(), i * SECOND_NS / 20_000) ? 1 : 0;
        }

        assertThat(all).isBetween(200, 400);
    }

    private static int taken(NakBudget budget, Nla from, int port, int tries, long nowNs) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += budget.tryTake(from, port, nowNs) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void whoAsksAllTheTimeKeepsItsPlace() {
        NakBudget budget = new NakBudget(10, 1_000_000, 0);
        taken(budget, SENDER, 5000, 10, 0);

        for (int i = 0; i < 20_000; i++) {
            assertThat(budget.tryTake(SENDER, 5000, i)).isFalse();
            budget.tryTake(Nla.ipv4(0x0B000000 + i), 5000, i);
        }
    }

    @Test
    void whoTakesThePlaceOfAnotherStartsWithAFullBucket() {
        NakBudget budget = new NakBudget(3, 1_000_000, 0);

        for (int port = 0; port < 10_000; port++) {
            assertThat(taken(budget, SENDER, port, 4, 0)).isEqualTo(3);
        }
    }

    @Test
    void sendersSpreadOverAllPlaces() {
        NakBudget budget = new NakBudget(3, 1_000_000, 0);
        for (int host = 0; host < 300; host++) {
            taken(budget, Nla.ipv4(0x0B000000 + host), 5000, 3, 0);
        }

        int again = 0;
        for (int host = 0; host < 300; host++) {
            again += taken(budget, Nla.ipv4(0x0B000000 + host), 5000, 1, 0);
        }

        assertThat(again).isLessThan(30);
    }
}
