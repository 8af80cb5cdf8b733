package org.pgmjms.provider.client;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.pgmjms.provider.destination.PgmDestination;

/** What the provider tells Java Flight Recorder. Nothing is made for an event that nobody records. Safe for any thread. */
@SuppressWarnings("UnusedVariable") // the recorder reads the fields of events
final class FlightEvents {
    private static final SlowConsumer SLOW = new SlowConsumer();

    private FlightEvents() {}

    @Name("org.pgmjms.SlowConsumer")
    @Label("PGM Slow Consumer")
    @Description("Messages were dropped, as a consumer was slower than they came")
    @Category("pgmjms")
    @StackTrace(false)
    private static final class SlowConsumer extends Event {
        @Label("Destination")
        String destination = "";

        @Label("Source")
        String source = "";

        @Label("Messages Dropped")
        long count;
    }

    static void onOverrun(PgmDestination destination, String source, long count) {
        if (SLOW.isEnabled()) {
            SlowConsumer event = new SlowConsumer();
            event.destination = destination.toString();
            event.source = source;
            event.count = count;
            event.commit();
        }
    }
}
