package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.engine.wire.PacketType;

/** Whatever the network does to a stream: each number is delivered or reported lost, once, and the order is kept. */
class ReceiverPropertyTest {
    private static final int ACTIONS = 1500;

    /** One run: a source with APDUs of random lengths, a network that loses, repeats and reorders, and a receiver. */
    private static final class Run {
        final SplittableRandom random;
        final ReceiverRig rig;
        final StreamLedger ledger;
        final int start;
        final double loss;
        final List<Integer> firsts = new ArrayList<>();
        final List<Integer> parts = new ArrayList<>();
        final List<Runnable> inFlight = new ArrayList<>();
        int seenNaks;
        int seenSpmrs;
        int trail;
        int lead;

        Run(long seed) {
            random = new SplittableRandom(seed);
            ReceiverRig.Config config = new ReceiverRig.Config();
            config.order = random.nextBoolean() ? DeliveryOrder.CONTIGUOUS : DeliveryOrder.COMPLETE;
            config.windowPackets = 32 << random.nextInt(7);
            config.windowBytes = random.nextInt(3) == 0 ? 12_000 : 1 << 22;
            config.gapDeadlineNs = random.nextInt(4) == 0 ? 50 * MS : 0;
            rig = new ReceiverRig(config.build(), seed);
            start = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(-600, 10);
            loss = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.4;
            ledger = new StreamLedger(start, config.order == DeliveryOrder.CONTIGUOUS);
            rig.receiver.remove(rig.heard);
            rig.receiver.add(ledger);
            rig.firstSqn = start;
            trail = start;
            lead = start - 1;
        }

        void run() {
            for (int i = 0; i < ACTIONS; i++) {
                act();
            }
            ledger.capacity = Integer.MAX_VALUE;
            for (int i = 0; i < 100 && ledger.ends < ledger.sessions || i < 5; i++) {
                inFlight.clear();
                answer();
                deliverAll();
                spm(true);
                rig.advance(SECOND);
            }
        }

        private void act() {
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5, 6, 7 -> sendApdu();
                case 8 -> spm(false);
                case 9, 10 -> rig.advance(random.nextLong(5 * MS));
                case 11 -> rig.advance(random.nextLong(60 * MS));
                case 12 -> trail = lead - trail > 100 ? trail + random.nextInt(lead - trail - 80) : trail;
                case 13 -> ledger.capacity = random.nextInt(4) == 0 ? random.nextInt(300) : Integer.MAX_VALUE;
                case 14 -> partition();
                default -> answer();
            }
            while (inFlight.size() > random.nextInt(6)) {
                deliverOne();
            }
        }

        private void sendApdu() {
            int count = random.nextInt(3) == 0 ? 1 + random.nextInt(12) : 1;
            int first = lead + 1;
            for (int i = 0; i < count; i++) {
                firsts.add(first);
                parts.add(count);
                lead++;
                offer(PacketType.ODATA, lead);
            }
        }

        /** Nothing arrives for a while. */
        private void partition() {
            if (random.nextInt(10) == 0) {
                List<Runnable> before = List.copyOf(inFlight);
                for (int i = random.nextInt(300); i > 0; i--) {
                    sendApdu();
                }
                inFlight.clear();
                inFlight.addAll(before);
                trail = random.nextBoolean() ? Math.max(lead - 50 - start, trail - start) + start : trail;
            }
        }

        private void offer(PacketType type, int sqn) {
            if (random.nextDouble() < loss) {
                return;
            }
            int first = firsts.get(sqn - start);
            int count = parts.get(sqn - start);
            int trailNow = trail;
            Runnable arrival = () -> {
                rig.trail = trailNow - sqn > 0 ? sqn : trailNow;
                if (count == 1) {
                    rig.data(type, sqn, rig.trail);
                } else {
                    rig.fragment(type, sqn, first, count);
                }
            };
            inFlight.add(arrival);
            if (random.nextInt(20) == 0) {
                inFlight.add(arrival);
            }
        }

        private void spm(boolean isLast) {
            if (isLast || random.nextDouble() >= loss) {
                rig.trail = trail;
                rig.lead = lead;
                rig.spm(spm -> {
                    if (isLast) {
                        spm.fin();
                    }
                });
            }
        }

        /** The source's part: NCF and repair for what was asked, an SPM for an SPMR. */
        private void answer() {
            List<ReceiverRig.Sent> naks = rig.sent(PacketType.NAK);
            for (; seenNaks < naks.size(); seenNaks++) {
                int[] sqns = naks.get(seenNaks).sqns().stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
                for (int sqn : sqns) {
                    assertThat(sqn - lead).isNotPositive();
                    assertThat(sqn - start).isNotNegative();
                }
                if (random.nextDouble() >= loss) {
                    inFlight.add(() -> rig.ncf(sqns));
                }
                for (int sqn : sqns) {
                    if (sqn - trail >= 0) {
                        offer(PacketType.RDATA, sqn);
                    }
                }
            }
            int spmrs = rig.sent(PacketType.SPMR).size();
            if (spmrs > seenSpmrs) {
                seenSpmrs = spmrs;
                spm(false);
            }
        }

        private void deliverOne() {
            int at = random.nextInt(3) == 0 ? random.nextInt(inFlight.size()) : 0;
            inFlight.remove(at).run();
        }

        private void deliverAll() {
            while (!inFlight.isEmpty()) {
                deliverOne();
            }
        }
    }

    @Seeds(
            known = {1_000_034, 1_000_204, 1_000_324, 1_000_414},
            fresh = 150)
    void eachNumberIsDeliveredOrLostOnce(long seed) {
        Run run = new Run(seed);

        try {
            run.run();
            check(run);
        } finally {
            run.rig.close();
        }
    }

    private static void check(Run run) {
        int sent = run.lead - run.start + 1;
        assertThat(run.ledger.sessions).isEqualTo(1);
        assertThat(run.ledger.ends).isEqualTo(1);
        assertThat(run.ledger.resolvedTo).isEqualTo(sent);
        assertThat(run.ledger.delivered.cardinality() + run.ledger.lost.cardinality())
                .isEqualTo(sent);
        assertThat(run.rig.receiver.heldBytes()).isZero();
        if (run.loss == 0 && run.ledger.lost.isEmpty()) {
            assertThat(run.ledger.delivered.cardinality()).isEqualTo(sent);
        }
    }

    @Seeds(fresh = 10)
    void aSeedRepeats(long seed) {
        Run one = new Run(seed);
        Run two = new Run(seed);

        one.run();
        two.run();
        one.rig.close();
        two.rig.close();

        assertThat(two.rig.sent).isEqualTo(one.rig.sent);
        assertThat(two.ledger.delivered).isEqualTo(one.ledger.delivered);
    }
}
