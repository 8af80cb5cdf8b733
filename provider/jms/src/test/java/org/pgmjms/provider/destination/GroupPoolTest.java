package org.pgmjms.provider.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools of groups, and which of them a topic takes. */
class GroupPoolTest {

    /**
     * Golden: they never change, as sender and receiver have to agree. Computed by a program of their own in Python:
     * {@code max(groups, key=lambda g: sha256(name.encode() + ip_address(g).packed).digest()[:8])}.
     */
    @ParameterizedTest
    @CsvSource({
        "a, 239.192.7.0/28, 239.192.7.4",
        "a, 239.192.0.0/24, 239.192.0.131",
        "quotes.MSFT, 239.192.7.0/28, 239.192.7.6",
        "quotes.MSFT, 239.192.0.0/24, 239.192.0.131",
        "quotes.AAPL, 239.192.7.0/28, 239.192.7.9",
        "quotes.AAPL, 239.192.0.0/24, 239.192.0.140",
        "Grüße, 239.192.7.0/28, 239.192.7.1",
        "Grüße, 239.192.0.0/24, 239.192.0.158",
        "orders.eu.1, 239.192.7.0/28, 239.192.7.14",
        "orders.eu.1, 239.192.0.0/24, 239.192.0.83",
        "quotes.MSFT, [ff15::7500]/124, ff15:0:0:0:0:0:0:750b",
        "quotes.MSFT, 239.192.7.5, 239.192.7.5"
    })
    void eachTopicHasItsGroupForEver(String name, String pool, String group) {
        assertEquals(group, GroupPool.parse(pool).groupOf(name));
    }

    @Test
    void oneGroupIsAPoolOfOne() {
        GroupPool pool = GroupPool.parse("239.192.7.1");

        assertEquals(1, pool.size());
        assertEquals(pool, GroupPool.parse("239.192.7.1/32"));
        assertEquals("239.192.7.1", pool.groupOf("anything"));
        assertEquals("239.192.7.1", pool.toString());
    }

    @Test
    void aPoolHasAllItsGroups() {
        GroupPool pool = GroupPool.parse("239.192.7.16/30");

        assertThat(pool.groups()).containsExactly("239.192.7.16", "239.192.7.17", "239.192.7.18", "239.192.7.19");
        assertTrue(pool.contains("239.192.7.19"));
        assertFalse(pool.contains("239.192.7.20"));
        assertEquals(256, GroupPool.parse("[ff15::100]/120").size());
        assertThat(GroupPool.parse("[ff15::100]/120").groups()).contains("ff15:0:0:0:0:0:0:1ff");
    }

    @Test
    void topicsAreSpreadEvenly() {
        GroupPool pool = GroupPool.parse("239.192.7.0/28");

        Map<String, Long> topics = IntStream.range(0, 16_000)
                .mapToObj(number -> pool.groupOf("quotes." + number))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(topics)
                .hasSize(16)
                .allSatisfy((group, count) -> assertThat(count).isBetween(850L, 1150L));
    }

    @Test
    void aPoolOfTwiceTheSizeMovesTopicsOnlyToItsNewGroups() {
        GroupPool small = GroupPool.parse("239.192.7.0/29");
        GroupPool large = GroupPool.parse("239.192.7.0/28");

        assertThat(IntStream.range(0, 1000).mapToObj(number -> "quotes." + number))
                .allSatisfy(name -> {
                    String group = large.groupOf(name);
                    assertTrue(group.equals(small.groupOf(name)) || !small.contains(group), name);
                });
    }
}
