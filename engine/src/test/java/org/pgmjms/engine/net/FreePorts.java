package org.pgmjms.engine.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Ports and groups that nobody else uses, so that tests of several builds can run on one host. */
public final class FreePorts {

    private FreePorts() {}

    /** A UDP port that was free a moment ago. */
    public static int next() {
        try (DatagramSocket probe = new DatagramSocket()) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A group of the organisation-local scope, which follows from a port that was free a moment ago. */
    public static InetAddress group() {
        int port = next();
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) 239, (byte) 192, (byte) (port >> Byte.SIZE), (byte) port});
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
