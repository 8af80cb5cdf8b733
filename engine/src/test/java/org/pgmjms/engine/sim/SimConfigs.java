package org.pgmjms.engine.sim;

import java.util.HashMap;
import java.util.Map;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.SourceConfig;

/** Settings for simulated sources and receivers, written as users write them; defaults apply. */
public final class SimConfigs {

    private SimConfigs() {}

    /** A source that numbers its packets from 0; give {@code pgm.gsi} to each if there are several. */
    public static SourceConfig source(String... namesAndValues) {
        Map<String, String> options = options(namesAndValues);
        options.putIfAbsent("pgm.gsi", "1.2.3.4.5.6");
        options.putIfAbsent("pgm.sourcePort", "1000");
        options.putIfAbsent("pgm.firstSqn", "0");
        options.putIfAbsent("pgm.window.bytes", "4MiB");
        try {
            return EngineSettings.parse(options).source(SimNetwork.PORT);
        } catch (PgmException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A receiver. */
    public static ReceiverConfig receiver(DeliveryOrder order, String... namesAndValues) {
        return receiver(order, false, namesAndValues);
    }

    /** A receiver that takes whatever any source sends, as soon as it comes. */
    public static ReceiverConfig rawReceiver(String... namesAndValues) {
        return receiver(DeliveryOrder.CONTIGUOUS, true, namesAndValues);
    }

    private static ReceiverConfig receiver(DeliveryOrder order, boolean raw, String... namesAndValues) {
        Map<String, String> options = options(namesAndValues);
        options.putIfAbsent("pgm.receiveWindow.bytes", "16MiB");
        try {
            return EngineSettings.parse(options).receiver(order, false, raw);
        } catch (PgmException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, String> options(String... namesAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }
}
