package org.pgmjms.tools.doctor;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** Reads Linux' tables of group memberships. */
final class Memberships {
    private Memberships() {}

    /**
     * Whether an interface is a member of a group.
     *
     * @param table the lines of /proc/net/igmp or /proc/net/igmp6
     */
    static boolean has(List<String> table, String device, InetAddress group) {
        byte[] bytes = group.getAddress();
        return bytes.length == 4 ? has4(table, device, bytes) : has6(table, device, bytes);
    }

    /** A line names the interface, those below it, which are indented, its groups in the byte order of the host. */
    private static boolean has4(List<String> table, String device, byte[] group) {
        String straight = String.format(Locale.ROOT, "%02X%02X%02X%02X", group[0], group[1], group[2], group[3]);
        String turned = String.format(Locale.ROOT, "%02X%02X%02X%02X", group[3], group[2], group[1], group[0]);
        boolean isHere = false;
        for (String line : table) {
            String[] words = line.trim().split("\\s+", -1);
            if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
                isHere = words.length > 1 && words[1].equals(device);
            } else if (isHere && (words[0].equals(straight) || words[0].equals(turned))) {
                return true;
            }
        }
        return false;
    }

    private static boolean has6(List<String> table, String device, byte[] group) {
        StringBuilder wanted = new StringBuilder(32);
        for (byte each : group) {
            wanted.append(String.format(Locale.ROOT, "%02x", each));
        }
        return table.stream()
                .map(line -> line.trim().split("\\s+", -1))
                .anyMatch(words -> words.length > 2 && words[1].equals(device) && words[2].contentEquals(wanted));
    }
}
