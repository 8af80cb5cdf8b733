package org.pgmjms.provider.link;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.pgmjms.engine.PgmEngine;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.api.Subscription;

/** What a transport needs of an engine: the real one, or a simulated one. Safe for any thread. */
public interface EngineDoor extends AutoCloseable {

    /** Starts a source on a channel. */
    Publication publish(ChannelConfig channel, SourceConfig source, ApduSupplier supplier, SourceEvents events)
            throws PgmException;

    /** Joins a channel. */
    Subscription subscribe(ChannelConfig channel, ReceiverConfig receiver, ReceiverHandler handler) throws PgmException;

    /** Receives on the calling thread; false at once when only the engine's own can. See {@link PgmEngine#receiveHere}. */
    default boolean receiveHere(BooleanSupplier enough, long longestNs) {
        return false;
    }

    /** See {@link PgmEngine#lookAgain}. */
    default void lookAgain() {}

    /** Shows something to management tools as long as the engine is open; one that is simulated shows nothing. */
    default void show(Object bean, Map<String, String> keys) {}

    /** Ends its threads and gives everything back; what is still open ends at once. */
    @Override
    void close();
}
