package org.pgmjms.engine.sim.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.pgmjms.engine.sim.SentStream;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.wire.PacketView;

/** C10. Each repair follows a confirmation of its own; data leaves in order and once; no confirmation of what was never sent. */
public final class ConfirmsFirst implements SimListener {
    private final SimChannel channel;
    private final Map<Long, BitSet> confirmed = new HashMap<>();

    public ConfirmsFirst(SimChannel channel) {
        this.channel = channel;
    }

    @Override
    public void onSent(SimNode from, PacketView packet, SimNode.Target target) {
        SentStream sent = channel.sent(packet.tsi());
        if (sent == null) {
            return;
        }
        BitSet numbers = confirmed.computeIfAbsent(packet.tsi(), tsi -> new BitSet());
        switch (packet.type()) {
            case NCF -> {
                for (int i = 0; i < packet.nak().count(); i++) {
                    int offset = sent.offset(packet.nak().sqn(i));
                    if (offset < 0 || offset >= sent.sent()) {
                        throw new AssertionError(from.name() + " confirms " + offset + ", which it never sent");
                    }
                    numbers.set(offset);
                }
            }
            case RDATA -> {
                int offset = sent.offset(packet.data().sqn());
                if (!numbers.get(offset)) {
                    throw new AssertionError(from.name() + " repairs " + offset + " unconfirmed");
                }
                numbers.clear(offset);
            }
            case ODATA -> {
                int offset = sent.offset(packet.data().sqn());
                if (offset != sent.sent()) {
                    throw new AssertionError(from.name() + " sends " + offset + " after " + sent.sent());
                }
            }
            case SPM -> {
                int lead = sent.offset(packet.spm().lead()) + 1;
                if (lead != sent.sent()) {
                    throw new AssertionError(from.name() + " announces " + lead + " of " + sent.sent());
                }
            }
            case POLL, POLR, NAK, NNAK, SPMR, ACK -> {
                // not a source's, or of no number
            }
        }
    }
}
