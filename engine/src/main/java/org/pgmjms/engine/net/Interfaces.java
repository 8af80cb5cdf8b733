package org.pgmjms.engine.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;

/** Finds the interface that a setting means: by name, address or CIDR. Asks no name service. */
public final class Interfaces {
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+(%\\w+)?");
    private static final boolean LINUX = osIs("linux");

    private Interfaces() {}

    /** Whether the name of the operating system starts like this. */
    static boolean osIs(String start) {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith(start);
    }

    /**
     * The interface for a group.
     *
     * @param text name, address or CIDR; {@code lo} and {@code loopback} name the loopback on every system
     * @param group decides the address family
     * @throws PgmException NO_INTERFACE with what there is; BAD_GROUP for an IPv6 group on the loopback of Linux, which
     *     does not carry it
     */
    public static LocalInterface resolve(String text, InetAddress group) throws PgmException {
        boolean ipv6 = group instanceof Inet6Address;
        LocalInterface found = find(text, ipv6);
        if (ipv6 && LINUX && found.isLoopback()) {
            throw new PgmException(
                    Code.BAD_GROUP,
                    "interface=" + text + " with group=" + text(group)
                            + " is not allowed: the loopback of Linux carries"
                            + " no IPv6 multicast; allowed is an IPv4 group, or another interface");
        }
        if (!isUp(found.device())) {
            throw new PgmException(Code.NO_INTERFACE, "interface=" + text + " is down; " + existing());
        }
        return found;
    }

    /** The loopback in the family of a group. */
    public static LocalInterface loopback(InetAddress group) throws PgmException {
        return find("loopback", group instanceof Inet6Address);
    }

    /** An address without name and scope, for messages. */
    public static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    private static LocalInterface find(String text, boolean ipv6) throws PgmException {
        int slash = text.indexOf('/');
        if (slash > 0) {
            byte[] prefix = literal(text.substring(0, slash), text).getAddress();
            int bits = bits(text.substring(slash + 1), prefix.length * Byte.SIZE, text);
            return first(text, ipv6, address -> within(address.getAddress(), prefix, bits));
        }
        if (ADDRESS.matcher(text).matches()) {
            InetAddress wanted = literal(text, text);
            return first(text, ipv6, address -> Arrays.equals(address.getAddress(), wanted.getAddress()));
        }
        if (text.equals("lo") || text.equals("loopback")) {
            return first(text, ipv6, InetAddress::isLoopbackAddress);
        }
        return named(text, ipv6);
    }

    private static LocalInterface named(String name, boolean ipv6) throws PgmException {
        for (NetworkInterface device : devices()) {
            if (device.getName().equals(name)) {
                return new LocalInterface(device, address(device, ipv6, null));
            }
        }
        throw new PgmException(Code.NO_INTERFACE, "interface=" + name + " does not exist; " + existing());
    }

    private static LocalInterface first(String text, boolean ipv6, Predicate<InetAddress> wanted) throws PgmException {
        for (NetworkInterface device : devices()) {
            for (InetAddress address : device.inetAddresses().toList()) {
                if (wanted.test(address)) {
                    return new LocalInterface(device, address(device, ipv6, address));
                }
            }
        }
        throw new PgmException(
                Code.NO_INTERFACE, "interface=" + text + " is the address of no interface; " + existing());
    }

    private static InetAddress address(NetworkInterface device, boolean ipv6, @Nullable InetAddress preferred)
            throws PgmException {
        if (preferred != null && preferred instanceof Inet6Address == ipv6) {
            return preferred;
        }
        return device.inetAddresses()
                .filter(address -> address instanceof Inet6Address == ipv6)
                .min(Comparator.comparing(InetAddress::isLinkLocalAddress))
                .orElseThrow(() -> new PgmException(
                        Code.NO_INTERFACE,
                        "interface=" + device.getName() + " has no address of the group's family, IPv" + (ipv6 ? 6 : 4)
                                + "; " + existing()));
    }

    private static InetAddress literal(String address, String text) throws PgmException {
        if (ADDRESS.matcher(address).matches()) {
            try {
                return InetAddress.getByName(address);
            } catch (UnknownHostException e) {
                throw malformed(text);
            }
        }
        throw malformed(text);
    }

    private static int bits(String text, int most, String whole) throws PgmException {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > most) {
            throw malformed(whole);
        }
        return Integer.parseInt(text);
    }

    private static PgmException malformed(String text) {
        return new PgmException(
                Code.NO_INTERFACE,
                "interface=" + text
                        + " is not allowed; allowed is a name, an address or a network such as 10.1.0.0/16; "
                        + existing());
    }

    private static boolean within(byte[] address, byte[] prefix, int bits) {
        if (address.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >>> bit % Byte.SIZE;
            if ((address[bit / Byte.SIZE] & mask) != (prefix[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUp(NetworkInterface device) {
        try {
            return device.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static String existing() {
        return devices().stream()
                .map(device -> device.inetAddresses()
                        .map(Interfaces::text)
                        .collect(Collectors.joining(", ", device.getName() + " (", ")")))
                .collect(Collectors.joining(", ", "there are ", ""));
    }

    private static List<NetworkInterface> devices() {
        try {
            return NetworkInterface.networkInterfaces().toList();
        } catch (SocketException e) {
            return List.of();
        }
    }
}
