package org.pgmjms.provider.link;

import jakarta.jms.JMSException;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.link.Sender.Apdu;
import org.pgmjms.provider.loss.LossReport;

/** An inbound link, what is sent to it, and two that may listen. */
abstract class InboundFixture {
    static final Tsi TSI = FakePublication.TSI;

    final Sender sender;
    final InboundLink inbound;
    final Recorder a = new Recorder();
    final Recorder b = new Recorder();

    InboundFixture(Sender sender, InboundLink inbound) {
        this.sender = sender;
        this.inbound = inbound;
    }

    final Listening listen(String topic, Recorder recorder) {
        Listening listening = new Listening(Sender.topic(topic), recorder);
        inbound.add(listening);
        return listening;
    }

    final Apdu packet(String topic) throws JMSException {
        sender.send(topic, 10);
        return sender.pull();
    }

    final void take(Apdu apdu) {
        inbound.onApdu(TSI, apdu.firstSqn(), apdu.lastSqn(), apdu.bytes(), 0);
    }

    final void lose(Apdu apdu) {
        inbound.onLost(TSI, apdu.firstSqn(), apdu.lastSqn() - apdu.firstSqn() + 1, LossCause.NAK_RETRIES);
    }

    final void resolveBefore(Apdu apdu) {
        inbound.onResolved(TSI, apdu.firstSqn());
    }

    static LossReport report(String topic, long first, long last, long count, LossCause cause) {
        return new LossReport(Sender.topic(topic), TSI.toString(), first, last, count, Inbound.cause(cause));
    }
}
