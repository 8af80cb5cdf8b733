package org.pgmjms.engine.jmx;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.pgmjms.engine.api.LimitKind;

/** What Java Flight Recorder is told of a limit. Nothing is made for it while nobody records. */
@Name("org.pgmjms.LimitHit")
@Label("PGM Limit Hit")
@Category("pgmjms")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields of events
final class LimitHit extends Event {
    private static final LimitHit PROBE = new LimitHit();

    @Label("Limit")
    String limit = "";

    @Label("Settings")
    String settings = "";

    @Label("Hits")
    @Description("Since the last event of this limit at this place")
    long hits;

    @Label("Place")
    String place = "";

    static void tell(LimitKind limit, long hits, String place) {
        if (PROBE.isEnabled()) {
            LimitHit event = new LimitHit();
            event.limit = limit.shownName();
            event.settings = String.join(", ", limit.settings());
            event.hits = hits;
            event.place = place;
            event.commit();
        }
    }
}
