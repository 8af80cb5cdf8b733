package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmDestination.Kind;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.destination.TopicAttributes;
import org.pgmjms.provider.destination.TopicPattern;
import org.pgmjms.provider.link.LinkSettings;

/** From topics to channels. */
class ChannelTableTest {
    private static final String URL = "epgm://lo;239.192.0.1:7500";
    private static final String RULES = """
            quotes.us.nyse.* = :7502?order=source
            quotes.us.> = 239.192.7.2?lossPolicy=mark
            quotes.> = 239.192.7.0/31:7501?lateJoin=window&lossPolicy=stop
            feed = ?format=raw
            """;

    private static ChannelTable table(String url, String rules) throws JMSException {
        return ConnectionSettings.parse(url, Map.of("jms.topics", rules)).channels();
    }

    private static String place(ChannelTable table, String topic) throws JMSException {
        LinkSettings link = table.channel(new PgmTopic(topic));
        return link.group() + ":" + link.port() + " " + link.format() + " " + link.order();
    }

    @ParameterizedTest
    @CsvSource({
        "orders, 239.192.0.1:7500 JMS TOPIC",
        "quotes, 239.192.0.1:7500 JMS TOPIC",
        "quotes.us.x, 239.192.7.2:7501 JMS TOPIC",
        "quotes.us.nyse.x, 239.192.7.2:7502 JMS SOURCE",
        "quotes.us.nyse.x?port=7503&order=topic, 239.192.7.2:7503 JMS TOPIC",
        "quotes.us.x?group=239.192.9.9&port=1, 239.192.9.9:1 JMS TOPIC",
        "quotes.us.x?group=239.192.9.9, 239.192.9.9:7501 JMS TOPIC",
        "orders?group=239.192.9.9, 239.192.9.9:7500 JMS TOPIC",
        "feed, 239.192.0.1:7500 RAW TOPIC",
        "feed?format=jms, 239.192.0.1:7500 JMS TOPIC",
        "feed?format=zmq, 239.192.0.1:7500 ZMQ TOPIC"
    })
    void whatATopicSaysItselfComesFirstThenTheRulesThenTheUrl(String topic, String expected) throws JMSException {
        assertEquals(expected, place(table(URL, RULES), topic));
    }

    @Test
    void policiesAreInheritedDownTheTree() throws JMSException {
        ChannelTable table = table(URL, RULES);

        TopicAttributes nyse = table.attributes(new PgmTopic("quotes.us.nyse.x"));
        assertEquals("mark", nyse.value(TopicAttributes.LOSS_POLICY));
        assertEquals("window", nyse.value(TopicAttributes.LATE_JOIN));
        assertEquals(
                "stop",
                table.attributes(new PgmTopic("quotes.eu?lateJoin=none")).value(TopicAttributes.LOSS_POLICY));
        assertEquals(
                "none",
                table.attributes(new PgmTopic("quotes.eu?lateJoin=none")).value(TopicAttributes.LATE_JOIN));
        assertSame(null, table.attributes(new PgmTopic("orders")).value(TopicAttributes.LOSS_POLICY));
        assertEquals("stop", table.attributes(new PgmTopic("quotes.>")).value(TopicAttributes.LOSS_POLICY));
    }

    @Test
    void aPoolSpreadsTopicsByTheirName() throws JMSException {
        ChannelTable table = table("epgm://lo;239.192.7.0/28:7500", "");

        assertEquals(
                "239.192.7.5:7500 JMS TOPIC".length(), place(table, "quotes.1").length(), 2);
        assertEquals(
                table.channel(new PgmTopic("quotes.MSFT")).group(),
                table.channel(PgmDestination.of(Kind.TEMPORARY_TOPIC, "quotes.MSFT"))
                        .group());
        assertThat(List.of("a", "b", "c", "d", "e", "f", "g", "h"))
                .extracting(name -> table.channel(new PgmTopic(name)).group())
                .as("groups in use")
                .satisfies(
                        groups -> assertThat(groups.stream().distinct().count()).isGreaterThan(2));
    }

    @ParameterizedTest
    @CsvSource({
        "orders.*, 239.192.0.1:7500",
        "quotes.us.*, 239.192.7.2:7501",
        "quotes.us.nyse.x.>, 239.192.7.2:7501",
        "quotes.us.>, 239.192.7.2:7501 239.192.7.2:7502",
        "quotes.eu.*, 239.192.7.0:7501 239.192.7.1:7501",
        "quotes.*, 239.192.7.0:7501 239.192.7.1:7501",
        "*.us.x, 239.192.0.1:7500 239.192.7.0:7501 239.192.7.1:7501 239.192.7.2:7501",
        "*, 239.192.0.1:7500",
        "quotes.*?group=239.192.9.9, 239.192.9.9:7501"
    })
    void aPatternTakesEveryChannelItsTopicsCanHave(String pattern, String expected) throws JMSException {
        List<LinkSettings> channels = table(URL, RULES).channels(new PgmTopic(pattern));

        assertThat(channels)
                .extracting(each -> each.group() + ":" + each.port())
                .contains(expected.split(" "));
        assertThat(channels).allSatisfy(each -> assertEquals(LinkSettings.Format.JMS, each.format()));
    }

    /** Whatever name a pattern matches: its channel is among those that are joined. */
    @Test
    void noTopicIsMissed() throws JMSException {
        ChannelTable table = table("epgm://lo;239.192.0.0/30:7500", RULES);

        for (String pattern : List.of(">", "*", "*.*", "quotes.>", "*.us.*", "quotes.us.*.x", "quotes.*.>")) {
            List<LinkSettings> channels = table.channels(new PgmTopic(pattern));
            for (String name : List.of(
                    "a", "b", "quotes", "quotes.a", "quotes.us", "quotes.us.a", "quotes.us.nyse.x", "a.us.b", "a.us")) {
                PgmTopic topic = new PgmTopic(name);
                if (TopicPattern.parse(pattern).matches(name)) {
                    assertThat(channels).as("%s for %s", pattern, name).contains(table.channel(topic));
                }
            }
        }
    }

    @Test
    void aPatternCannotTakeWhatHasNoNames() throws JMSException {
        ChannelTable table = table(URL, RULES);

        assertThatThrownBy(() -> table.channels(new PgmTopic("quotes.*?format=raw")))
                .isInstanceOf(InvalidDestinationException.class)
                .hasMessageContaining("by its name");
        assertThat(table.channels(new PgmTopic("*"))).hasSize(1);
    }

    @Test
    void aConsumerJoinsALimitedNumberOfChannels() throws JMSException {
        ChannelTable table = table(
                "epgm://lo;239.192.0.0/24:7500", "a.> = 239.192.1.0/24, b.> = 239.192.2.0/24, c.> = 239.192.3.0/24");

        assertThatThrownBy(() -> table.channels(new PgmTopic(">")))
                .isInstanceOf(InvalidDestinationException.class)
                .hasMessageContaining("1024 channels")
                .hasMessageContaining("at most 512");
        assertThat(table.channels(new PgmTopic("a.>"))).hasSize(256);
    }

    @Test
    void aReceivedDestinationOpensOnlyChannelsOfTheTable() throws JMSException {
        ChannelTable table = table(URL, RULES);

        assertEquals(
                "239.192.7.0",
                table.channel(received("reply", "group=239.192.7.0&port=7501")).group());
        assertEquals(
                "239.192.0.1",
                table.channel(received("reply", "group=239.192.0.1")).group());
        for (String elsewhere : List.of("group=239.192.9.9&port=7500", "group=239.192.7.0&port=7599", "port=7501")) {
            assertThatThrownBy(() -> table.channel(received("reply", elsewhere)))
                    .isInstanceOf(InvalidDestinationException.class)
                    .hasMessageContaining("none of this connection's own");
        }
    }

    @Test
    void aReceivedDestinationIsSettledWhenItsNameLeadsThere() throws JMSException {
        ChannelTable table = table("epgm://lo;239.192.7.0/28:7500", "");
        String group = table.channel(new PgmTopic("reply")).group();

        assertEquals(new PgmTopic("reply"), table.settled(received("reply", "group=" + group + "&port=7500")));
        PgmDestination elsewhere = received("reply", "group=" + group + "&port=7501");
        assertSame(elsewhere, table.settled(elsewhere));
    }

    @Test
    void aMessageNamesTheChannelForRepliesWhenItIsAnother() throws JMSException {
        ChannelTable table = table(URL, "reply.> = 239.192.7.1:7501, six = [ff15::1]");
        LinkSettings plain = table.channel(new PgmTopic("orders"));

        assertEquals("", table.place(new PgmTopic("other"), plain));
        assertEquals("239.192.7.1:7501", table.place(new PgmTopic("reply.a"), plain));
        assertEquals("[ff15:0:0:0:0:0:0:1]:7500", table.place(new PgmTopic("six"), plain));
        assertEquals("239.192.0.1:7500", table.place(new PgmTopic("other?group=239.192.0.1"), plain));
        assertEquals("239.192.9.9:1", table.place(received("x", "group=239.192.9.9&port=1"), plain));
    }

    private static PgmDestination received(String name, String attributes) {
        return PgmDestination.received(Kind.TOPIC, name, TopicAttributes.parse(attributes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quotes | pattern =",
                "=239.192.0.1 | pattern =",
                "quotes.> = 239.192.0.300 | is no multicast group",
                "quotes.> = 239.192.0.0/8 | at most 256 groups",
                "quotes.> = 239.192.0.1:99999 | is no port",
                "quotes.>.us = 239.192.0.1 | last level",
                "quotes.> = 239.192.0.1?lossPolicy=no | Unknown lossPolicy",
                "quotes.> = ?frmat=raw | did you mean format?",
            })
    void aWrongRuleIsNamed(String rule, String problem) {
        assertThatThrownBy(() -> table(URL, "orders.> = 239.192.0.9," + rule))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("jms.topics")
                .hasMessageContaining(problem);
    }

    @Test
    void aTableHasALimitedNumberOfRules() {
        assertThatThrownBy(() -> table(URL, "a = :1\n".repeat(257)))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("at most 256 rules");
    }

    @Test
    void rulesCanStandInTheUrl() throws JMSException {
        ChannelTable table = ConnectionSettings.parse(
                        URL
                                + "?jms.topics=a.>=239.192.7.1:7501?format=raw%26order=source;b=[ff15::]/124&jms.order=topic",
                        Map.of())
                .channels();

        assertEquals("239.192.7.1:7501 RAW SOURCE", place(table, "a.x"));
        assertThat(place(table, "b")).startsWith("ff15:0:0:0:0:0:0:").endsWith(":7500 JMS TOPIC");
    }
}
