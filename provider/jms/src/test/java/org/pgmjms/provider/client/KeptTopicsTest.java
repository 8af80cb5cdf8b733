package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptTopicsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "> | orders.new | true",
                "> | $tmp.7 | false",
                "orders.> | orders.new | true",
                "orders.> | orders | false",
                "orders.> | quotes.us | false",
                "orders.*, trades.> | trades.us.nyse | true",
                ">, !quotes.> | orders.new | true",
                ">, !quotes.> | quotes.us | false",
                "!quotes.>, > | quotes.us | false",
                "!quotes.> | orders.new | true",
                " ! quotes.> | quotes.us | false",
            })
    void aTopicIsKeptWhenAPatternSaysSoAndNoneExcludesIt(String patterns, String topic, boolean isKept)
            throws JMSException {
        assertThat(KeptTopics.parse(patterns).contains(topic)).isEqualTo(isKept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,,b", "!", "a.>.b", ","})
    void aWrongPatternIsNamedWithItsSetting(String patterns) {
        assertThatThrownBy(() -> KeptTopics.parse(patterns))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("broker.topics")
                .hasMessageContaining(patterns);
    }

    @Test
    void withoutASettingAllTopicsAreKept() throws JMSException {
        KeptTopics topics = ConnectionSettings.parse(ConnectionSettings.DEFAULT_URL, Map.of())
                .companion()
                .topics();

        assertThat(topics.contains("any.topic")).isTrue();
    }
}
