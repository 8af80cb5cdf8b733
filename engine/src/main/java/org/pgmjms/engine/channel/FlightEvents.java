package org.pgmjms.engine.channel;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Unsigned;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.Tsi;

/**
 * What the engine tells Java Flight Recorder. Each event is looked at before anything is made for it, so that nothing is
 * allocated while nobody records. Safe for any thread.
 */
@SuppressWarnings("UnusedVariable") // the recorder reads the fields of events
final class FlightEvents {
    private static final String CATEGORY = "pgmjms";
    private static final String PREFIX = "org.pgmjms.";

    private static final SessionBegun BEGUN = new SessionBegun();
    private static final SessionEnded ENDED = new SessionEnded();
    private static final LossReported LOSS = new LossReported();
    private static final RepairAsked ASKED = new RepairAsked();
    private static final RepairLate LATE = new RepairLate();
    private static final SlowReceiver SLOW = new SlowReceiver();

    private FlightEvents() {}

    @Name(PREFIX + "SessionBegun")
    @Label("PGM Session Begun")
    @Description("A source was opened here, or a receiver has established a session")
    @Category(CATEGORY)
    @StackTrace(false)
    private static final class SessionBegun extends Event {
        @Label("Session")
        String tsi = "";

        @Label("Channel")
        String channel = "";

        @Label("Address of the Source")
        String address = "";

        @Label("Start")
        @Description("SOURCE for one that is sent here, else where reception begins")
        String start = "";
    }

    @Name(PREFIX + "SessionEnded")
    @Label("PGM Session Ended")
    @Category(CATEGORY)
    @StackTrace(false)
    private static final class SessionEnded extends Event {
        @Label("Session")
        String tsi = "";

        @Label("Channel")
        String channel = "";

        @Label("Reason")
        String reason = "";

        @Label("Last Number")
        @Unsigned int finalSqn;
    }

    @Name(PREFIX + "LossReported")
    @Label("PGM Loss Reported")
    @Description("Packets that no repair can bring any more")
    @Category(CATEGORY)
    @StackTrace(false)
    private static final class LossReported extends Event {
        @Label("Session")
        String tsi = "";

        @Label("First Number")
        @Unsigned int firstSqn;

        @Label("Packets")
        int count;

        @Label("Cause")
        String cause = "";
    }

    @Name(PREFIX + "RepairAsked")
    @Label("PGM Repair Asked")
    @Description("A NAK was sent")
    @Category(CATEGORY)
    @StackTrace(false)
    private static final class RepairAsked extends Event {
        @Label("Session")
        String tsi = "";

        @Label("First Number")
        @Unsigned int firstSqn;

        @Label("Numbers")
        int count;
    }

    @Name(PREFIX + "RepairLate")
    @Label("PGM Repair Late")
    @Description("A packet came that had to be asked for more than once")
    @Category(CATEGORY)
    @StackTrace(false)
    private static final class RepairLate extends Event {
        @Label("Session")
        String tsi = "";

        @Label("Number")
        @Unsigned int sqn;

        @Label("Missing For")
        @Timespan(Timespan.NANOSECONDS)
        long missingFor;
    }

    @Name(PREFIX + "SlowReceiver")
    @Label("PGM Slow Receiver")
    @Description("A source with pgm.sendLimit=min goes on without a receiver")
    @Category(CATEGORY)
    @StackTrace(false)
    private static final class SlowReceiver extends Event {
        @Label("Session")
        String tsi = "";

        @Label("Address of the Receiver")
        String address = "";

        @Label("Change")
        String change = "";
    }

    static void onBegun(Tsi tsi, String channel, Object address, String start) {
        if (BEGUN.isEnabled()) {
            SessionBegun event = new SessionBegun();
            event.tsi = tsi.toString();
            event.channel = channel;
            event.address = address.toString();
            event.start = start;
            event.commit();
        }
    }

    static void onEnded(Tsi tsi, String channel, EndReason reason, int finalSqn) {
        if (ENDED.isEnabled()) {
            SessionEnded event = new SessionEnded();
            event.tsi = tsi.toString();
            event.channel = channel;
            event.reason = reason.name();
            event.finalSqn = finalSqn;
            event.commit();
        }
    }

    static void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        if (LOSS.isEnabled()) {
            LossReported event = new LossReported();
            event.tsi = tsi.toString();
            event.firstSqn = firstSqn;
            event.count = count;
            event.cause = cause.name();
            event.commit();
        }
    }

    static void onAsked(long tsi, int firstSqn, int count) {
        if (ASKED.isEnabled()) {
            RepairAsked event = new RepairAsked();
            event.tsi = new Tsi(tsi).toString();
            event.firstSqn = firstSqn;
            event.count = count;
            event.commit();
        }
    }

    static void onLate(Tsi tsi, int sqn, long missingNs) {
        if (LATE.isEnabled()) {
            RepairLate event = new RepairLate();
            event.tsi = tsi.toString();
            event.sqn = sqn;
            event.missingFor = missingNs;
            event.commit();
        }
    }

    static void onSlowReceiver(Tsi tsi, Object address, String change) {
        if (SLOW.isEnabled()) {
            SlowReceiver event = new SlowReceiver();
            event.tsi = tsi.toString();
            event.address = address.toString();
            event.change = change;
            event.commit();
        }
    }
}
