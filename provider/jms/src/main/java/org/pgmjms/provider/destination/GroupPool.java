package org.pgmjms.provider.destination;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A multicast group, or several that follow each other: {@code 239.192.7.1}, {@code 239.192.7.0/28},
 * {@code [ff15::7500]}, {@code [ff15::7500]/124}. Topics are spread over the groups of a pool by rendezvous hash: each
 * topic takes the group with the highest number of {@link TopicHash} over name and group, so that a pool that becomes
 * larger moves few topics. Immutable; safe for any thread. Asks no name service.
 */
public final class GroupPool {
    /** The most groups of a pool: a consumer with a wildcard joins them all. */
    public static final int MOST_GROUPS = 256;

    private static final Pattern FORM = Pattern.compile("(\\[[^\\]]*]|[^/\\[\\]]*)(?:/(\\d{1,3}))?");
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");
    private static final int OCTET_MOST = 255;
    private static final int MOST_BITS = Integer.numberOfTrailingZeros(MOST_GROUPS);

    private final byte[] first;
    private final int prefix;

    private GroupPool(byte[] first, int prefix) {
        this.first = first;
        this.prefix = prefix;
    }

    /**
     * Reads a group or a pool. IPv6 addresses may stand in brackets.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong with which part
     */
    public static GroupPool parse(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw badGroup(text);
        }
        byte[] address = address(form.group(1), text);
        int width = address.length * Byte.SIZE;
        if (form.group(2) == null) {
            return new GroupPool(address, width);
        }
        int prefix = Integer.parseInt(form.group(2));
        if (prefix < width - MOST_BITS || prefix > width) {
            throw new IllegalArgumentException("A pool has at most " + MOST_GROUPS + " groups: the prefix of '" + text
                    + "' has to be " + (width - MOST_BITS) + " to " + width);
        }
        byte[] start = address.clone();
        start[start.length - 1] &= (byte) (-1 << width - prefix);
        if (!Arrays.equals(start, address)) {
            throw new IllegalArgumentException("The pool '" + text + "' has to begin with its first group: '"
                    + new GroupPool(start, prefix) + "'");
        }
        return new GroupPool(address, prefix);
    }

    private static byte[] address(String text, String whole) {
        boolean bracketed = text.startsWith("[");
        String address = bracketed ? text.substring(1, text.length() - 1) : text;
        boolean isV4 = !bracketed && isIpV4(address);
        if (!isV4 && !V6.matcher(address).matches()) {
            throw badGroup(whole);
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            if (parsed.isMulticastAddress()) {
                return parsed.getAddress();
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(badGroup(whole).getMessage(), e);
        }
        throw badGroup(whole);
    }

    private static IllegalArgumentException badGroup(String text) {
        return new IllegalArgumentException("'" + text + "' is no multicast group, such as 239.192.7.1 or [ff15::7500]"
                + " (224.0.0.0 to 239.255.255.255, ff00::/8), nor a pool such as 239.192.7.0/28");
    }

    private static boolean isIpV4(String address) {
        Matcher octets = V4.matcher(address);
        return octets.matches()
                && IntStream.rangeClosed(1, octets.groupCount())
                        .allMatch(octet -> Integer.parseInt(octets.group(octet)) <= OCTET_MOST);
    }

    /** How many groups it has, 1 to {@link #MOST_GROUPS}. */
    public int size() {
        return 1 << first.length * Byte.SIZE - prefix;
    }

    /** The addresses of all groups, in ascending order, as {@link InetAddress#getHostAddress} writes them. */
    public Stream<String> groups() {
        return IntStream.range(0, size()).mapToObj(index -> text(group(index)));
    }

    /** The address of the group that a topic with this bare name takes. */
    public String groupOf(String topicName) {
        if (size() == 1) {
            return text(first);
        }
        byte[] name = topicName.getBytes(StandardCharsets.UTF_8);
        byte[] best = first;
        long highest = 0;
        for (int index = 0; index < size(); index++) {
            byte[] group = group(index);
            long number = TopicHash.of(name, group);
            if (index == 0 || Long.compareUnsigned(number, highest) > 0) {
                best = group;
                highest = number;
            }
        }
        return text(best);
    }

    /** Whether one of the groups has this address, as {@link #groups} writes it. */
    public boolean contains(String group) {
        return groups().anyMatch(group::equals);
    }

    private byte[] group(int index) {
        byte[] group = first.clone();
        group[group.length - 1] += (byte) index;
        return group;
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError("Addresses have 4 or 16 bytes", e);
        }
    }

    /** Pools are equal when their groups are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GroupPool that && prefix == that.prefix && Arrays.equals(first, that.first);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(first) + prefix;
    }

    /** The form that {@link #parse} reads; IPv6 addresses in brackets. */
    @Override
    public String toString() {
        String address = text(first);
        String bracketed = first.length > Integer.BYTES ? "[" + address + "]" : address;
        return size() == 1 ? bracketed : bracketed + "/" + prefix;
    }
}
