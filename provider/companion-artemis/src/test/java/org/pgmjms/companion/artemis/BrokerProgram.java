package org.pgmjms.companion.artemis;

import jakarta.jms.JMSException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.pgmjms.provider.companion.CompanionBroker;

/** {@code BrokerProgram DATADIR END}: sends a message by an embedded broker, and returns or waits for its end. */
public final class BrokerProgram {
    static final String SENT = "SENT";
    static final String RETURNS = "returns";
    static final String WAITS = "waits";

    private BrokerProgram() {}

    public static void main(String[] words) throws JMSException, InterruptedException {
        CompanionBroker broker =
                new ArtemisProvider().open("embedded?dataDir=" + words[0], Map.of("broker.linger", "600000"));
        EmbeddedBrokerTest.send(broker, "buy");
        System.out.println(SENT);
        if (words[1].equals(WAITS)) {
            new CountDownLatch(1).await();
        }
        broker.close();
    }
}
