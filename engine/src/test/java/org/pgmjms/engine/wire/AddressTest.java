package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses in packets: families, and what can be a source or a group. */
class AddressTest {
    private static final int FAMILIES = 1 << 16;
    private static final int PATH = 28;
    private static final int NAK_SOURCE = 20;
    private static final int NAK_GROUP = 28;

    private final PacketView view = new PacketView();

    @ParameterizedTest
    @EnumSource(
            value = PacketType.class,
            names = {"NAK", "NNAK", "NCF"})
    void refusesOtherOrMixedFamilies(PacketType type) {
        for (int family = 0; family < FAMILIES; family++) {
            for (int known : new int[] {Raw.IPV4, Raw.IPV6}) {
                judgeFamilies(type, family, known);
                judgeFamilies(type, known, family);
            }
            judgeFamilies(type, family, family);
        }
    }

    private void judgeFamilies(PacketType type, int source, int group) {
        byte[] packet = Raw.append(Raw.packet(type, Raw.IPV6), new byte[40]);
        Raw.setShort(packet, NAK_SOURCE, source);
        int groupAt = source == Raw.IPV4 ? NAK_GROUP : NAK_GROUP + 12;
        packet[groupAt + 4] = (byte) (group == Raw.IPV4 ? 0xEF : 0xFF);
        Raw.setShort(packet, groupAt, group);

        boolean good = source == group && (source == Raw.IPV4 || source == Raw.IPV6);
        DecodeResult expected = good ? DecodeResult.OK : DecodeResult.UNKNOWN_AFI;
        assertEquals(expected, Raw.verdict(view, packet), source + " and " + group);
    }

    @Test
    void refusesOtherFamiliesOfPaths() {
        for (int afi = 0; afi < FAMILIES; afi++) {
            byte[] spm = Raw.packet(PacketType.SPM, Raw.IPV6);
            Raw.setShort(spm, PATH, afi);
            boolean known = afi == Raw.IPV4 || afi == Raw.IPV6;
            assertEquals(known, Raw.verdict(view, spm) != DecodeResult.UNKNOWN_AFI, "family " + afi);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "224.0.0.1", "239.192.0.1", "::", "ff15::1"})
    void refusesPathsThatAreNoHost(String address) throws UnknownHostException {
        Nla nla = nla(address);
        byte[] spm = Raw.packet(PacketType.SPM, nla.afi());
        byte[] poll = Raw.packet(PacketType.POLL, nla.afi());
        byte[] nak = Raw.packet(PacketType.NAK, nla.afi());
        put(spm, PATH + 4, nla);
        put(poll, 28, nla);
        put(nak, NAK_SOURCE + 4, nla);

        assertEquals(DecodeResult.BAD_NLA, Raw.verdict(view, spm));
        assertEquals(DecodeResult.BAD_NLA, Raw.verdict(view, poll));
        assertEquals(DecodeResult.BAD_NLA, Raw.verdict(view, nak));
        assertEquals(false, nla.isUnicast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "10.0.0.1", "223.255.255.255", "::1", "fe80::1"})
    void refusesGroupsThatAreNone(String address) throws UnknownHostException {
        Nla nla = nla(address);
        byte[] nak = Raw.packet(PacketType.NAK, nla.afi());
        put(nak, NAK_SOURCE + Raw.unicast(nla.afi()).length + 4, nla);

        assertEquals(DecodeResult.BAD_NLA, Raw.verdict(view, nak));
        assertEquals(false, nla.isMulticast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.77.0.1", "192.168.255.255", "::1", "fd77::1", "fe80::1:2:3:4"})
    void acceptsHosts(String address) throws UnknownHostException {
        Nla nla = nla(address);
        byte[] spm = Raw.packet(PacketType.SPM, nla.afi());
        put(spm, PATH + 4, nla);

        assertEquals(DecodeResult.OK, Raw.verdict(view, spm));
        assertEquals(nla, view.spm().path());
        assertEquals(InetAddress.getByName(address), InetAddress.getByAddress(nla.bytes()));
        assertEquals(InetAddress.getByName(address).isLoopbackAddress(), nla.isLoopback());
    }

    private static Nla nla(String address) throws UnknownHostException {
        return Nla.of(InetAddress.getByName(address).getAddress());
    }

    private static void put(byte[] packet, int at, Nla address) {
        byte[] bytes = address.bytes();
        System.arraycopy(bytes, 0, packet, at, bytes.length);
        Raw.setShort(packet, PgmHeader.TSDU_LENGTH_OFFSET, 0);
    }
}
