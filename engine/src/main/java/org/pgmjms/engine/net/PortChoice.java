package org.pgmjms.engine.net;

import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which kind of port is used, and why. */
final class PortChoice {
    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

    private PortChoice() {}

    /** The kind that is asked for by the value of {@link Ports#PROPERTY}, out of what there is. */
    static Ports of(String wanted, NativePorts.Found found) throws PgmException {
        return switch (wanted) {
            case "nio" -> nio(Ports.PROPERTY + "=nio");
            case "auto" -> best(found.ports(), found.obstacle());
            case "native" -> {
                if (found.ports() == null) {
                    throw refused(wanted, found.obstacle() + "; allowed is auto or nio");
                }
                yield best(found.ports(), found.obstacle());
            }
            default -> throw refused(wanted, "there is no such kind of port; allowed is auto, nio or native");
        };
    }

    private static Ports best(@Nullable Ports ports, String obstacle) {
        if (ports == null) {
            return nio(obstacle);
        }
        LOG.info("datagrams go by the native port, in segmented runs");
        return ports;
    }

    private static Ports nio(String why) {
        LOG.info("datagrams go by nio: {}", why);
        return new NioPorts();
    }

    private static PgmException refused(String wanted, String why) {
        return new PgmException(Code.INVALID_SETTING, Ports.PROPERTY + "=" + wanted + " is not possible: " + why);
    }
}
