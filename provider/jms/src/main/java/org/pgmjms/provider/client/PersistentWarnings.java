package org.pgmjms.provider.client;

import java.util.concurrent.atomic.AtomicBoolean;
import org.pgmjms.provider.destination.PgmDestination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that PERSISTENT means no more than NON_PERSISTENT here. Safe for any thread. */
public final class PersistentWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(PersistentWarnings.class);

    private final AtomicBoolean warned = new AtomicBoolean();

    /** A PERSISTENT message is about to be sent to this topic; whether that was the first one, so that it was logged. */
    boolean onPersistent(PgmDestination topic) {
        if (warned.get() || !warned.compareAndSet(false, true)) {
            return false;
        }
        LOG.warn(
                "Messages, to topic {} first, are sent as PERSISTENT, but nothing stores them: consumers that are not there"
                        + " miss them. Use NON_PERSISTENT, or {}=reject to have such sends refused",
                topic.name(),
                JmsSetting.PERSISTENT_WITHOUT_BROKER.settingName());
        return true;
    }
}
