package org.pgmjms.engine.channel;

import java.time.Duration;
import java.util.Map;
import org.pgmjms.engine.PgmEngine;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.Publication;

/** A program that publishes and leaves: group, port, count, and how to leave (return, exit). */
public final class PublishAndLeave {
    private static final int LENGTH = 100;

    private PublishAndLeave() {}

    /** Publishes, prints the session, and leaves. */
    public static void main(String[] arguments) throws Exception {
        EngineSettings settings = EngineSettings.parse(Map.of());
        int port = Integer.parseInt(arguments[1]);
        QueueSupplier supplier = new QueueSupplier();
        PgmEngine engine = new PgmEngine();
        Publication publication = engine.publish(
                settings.channel("lo", arguments[0], port), settings.source(port), supplier, new RecordingEvents());
        System.out.println(publication.tsi().value());
        supplier.add(Integer.parseInt(arguments[2]), LENGTH);
        publication.wake();
        if (arguments[3].equals("exit")) {
            System.exit(0);
        }
        publication.close(Duration.ofSeconds(5)).thenRun(engine::close);
    }
}
