package org.pgmjms.engine.net;

import java.net.InetAddress;
import java.net.NetworkInterface;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;

/** What every kind of port says when the system says no. */
final class SocketErrors {

    private SocketErrors() {}

    static PgmException portInUse(InetAddress local, int udpPort, Throwable cause) {
        return new PgmException(
                Code.PORT_IN_USE,
                "pgm.udpPort=" + udpPort + " cannot be used on " + Interfaces.text(local)
                        + ": another process holds it exclusively; allowed is a port that is free or shared",
                cause);
    }

    static PgmException noSocket(InetAddress local, int udpPort, Throwable cause) {
        return new PgmException(
                Code.SOCKET,
                "no socket on " + Interfaces.text(local) + " port " + udpPort + ": " + cause.getMessage(),
                cause);
    }

    static PgmException notJoined(InetAddress group, NetworkInterface on, Throwable cause) {
        return new PgmException(Code.BAD_GROUP, notJoined(group, on, cause.getMessage()), cause);
    }

    static PgmException cannotJoin(InetAddress group, NetworkInterface on, String why) {
        return new PgmException(Code.BAD_GROUP, notJoined(group, on, why));
    }

    private static String notJoined(InetAddress group, NetworkInterface on, @Nullable String why) {
        return "group=" + Interfaces.text(group) + " cannot be joined on interface=" + on.getName() + ": " + why
                + "; allowed is a multicast group that the interface carries";
    }
}
