package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.EnvelopeReader;
import org.pgmjms.provider.message.GoldenFiles;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Mutants;
import org.pgmjms.provider.message.Verdict;

/** Damaged envelopes of every kind, with their checksums right: each raises one counter, none does harm. Rules J3, J4. */
class MutantApdusTest {
    private static final int MUTANTS = 2_000;
    private static final int HOLD_BACK_BYTES = 4_000;
    private static final Tsi TSI = FakePublication.TSI;

    private final EnvelopeReader judge = new EnvelopeReader();
    private final InboundLink inbound = new InboundLink(DeliveryOrder.COMPLETE, HOLD_BACK_BYTES, HOLD_BACK_BYTES);
    private final List<InboundMessage> messages = new ArrayList<>();
    private final List<LossReport> losses = new ArrayList<>();

    private final LinkListener listener = new LinkListener() {
        @Override
        public void onMessage(InboundMessage message) {
            messages.add(message);
        }

        @Override
        public void onLoss(LossReport report) {
            losses.add(report);
        }

        @Override
        public void onSource(SourceEvent event) {}

        @Override
        public void onFailed(Exception cause) {
            throw new AssertionError(cause);
        }
    };

    @Seeds
    void eachIsCountedOnceAndHarmsNobody(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> good = GoldenFiles.envelopes();
        for (String topic : GoldenFiles.topics(good)) {
            inbound.add(new Listening(new PgmTopic(topic), listener));
        }
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        long refused = 0;
        for (int sqn = 0; sqn < MUTANTS; sqn++) {
            ByteBuf mutant = Mutants.sealed(
                    Unpooled.wrappedBuffer(Mutants.mutate(good.get(random.nextInt(good.size())), random)));
            Verdict verdict = judge.wrap(mutant, 0, mutant.readableBytes());
            refused += verdict == Verdict.OK || verdict == Verdict.UNKNOWN_KIND ? 0 : 1;

            inbound.onApdu(TSI, sqn, sqn, mutant, 0);
            if (random.nextInt(10) == 0) {
                inbound.onResolved(TSI, sqn + 1);
            }

            assertThat(inbound.counters().get(InboundCounter.APDUS)).isEqualTo(sqn + 1);
            assertThat(inbound.counters().get(InboundCounter.APDUS_REFUSED)).isEqualTo(refused);
            assertThat(inbound.counters().get(InboundCounter.HELD_BYTES)).isLessThanOrEqualTo(HOLD_BACK_BYTES);
        }
        inbound.onResolved(TSI, MUTANTS);

        assertThat(refused).isBetween(1L, MUTANTS - 1L);
        assertThat(messages).isNotEmpty().allMatch(message -> message.verdict() == Verdict.OK);
        assertThat(losses).isNotEmpty();
    }
}
