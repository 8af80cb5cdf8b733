package org.pgmjms.provider.link;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.pgmjms.engine.PgmEngine;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.engine.jmx.Registration;

/** The engine on the network. Safe for any thread. */
final class RealEngine implements EngineDoor {
    private final PgmEngine engine;
    private final List<Registration> shown = new CopyOnWriteArrayList<>();

    RealEngine(EngineOptions options) {
        this.engine = new PgmEngine(options);
    }

    @Override
    public Publication publish(ChannelConfig channel, SourceConfig source, ApduSupplier supplier, SourceEvents events)
            throws PgmException {
        return engine.publish(channel, source, supplier, events);
    }

    @Override
    public Subscription subscribe(ChannelConfig channel, ReceiverConfig receiver, ReceiverHandler handler)
            throws PgmException {
        return engine.subscribe(channel, receiver, handler);
    }

    @Override
    public boolean receiveHere(BooleanSupplier enough, long longestNs) {
        return engine.receiveHere(enough, longestNs);
    }

    @Override
    public void lookAgain() {
        engine.lookAgain();
    }

    @Override
    public void show(Object bean, Map<String, String> keys) {
        Registration registration = new Registration(bean, keys);
        registration.register();
        shown.add(registration);
    }

    @Override
    public void close() {
        shown.forEach(Registration::close);
        engine.close();
    }
}
