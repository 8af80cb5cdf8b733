package org.pgmjms.engine.channel;

import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.SlowestReceiver;
import org.pgmjms.engine.wire.Nla;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which receivers a source waits for, and which it goes on without. Owned by whoever owns the source. */
final class GroupLog implements SlowestReceiver.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(GroupLog.class);
    private static final int MOST_WARNINGS = 100;

    private final Tsi tsi;
    private int warnings;

    GroupLog(Tsi tsi) {
        this.tsi = tsi;
    }

    @Override
    public void onReceiver(SlowestReceiver.Change change, Nla address, int receivers) {
        if (change == SlowestReceiver.Change.STUCK || change == SlowestReceiver.Change.SILENT) {
            FlightEvents.onSlowReceiver(tsi, address, change.name());
        }
        switch (change) {
            case CAME -> LOG.debug("source {} waits for a receiver at {}, {} in all", tsi, address, receivers);
            case LEFT -> LOG.debug("a receiver at {} left source {}, {} are there", address, tsi, receivers);
            case SILENT -> warn("said", "pgm.sendLimit.silence", address, receivers);
            case STUCK -> warn("took", "pgm.sendLimit.patience", address, receivers);
        }
    }

    /** Anybody can pretend to be receivers; that must not fill the disk. */
    private void warn(String verb, String setting, Nla address, int receivers) {
        if (warnings < MOST_WARNINGS) {
            warnings++;
            LOG.warn(
                    "source {} goes on without a receiver at {}, which {} nothing for {}; {} are left",
                    tsi,
                    address,
                    verb,
                    setting,
                    receivers);
        }
    }
}
