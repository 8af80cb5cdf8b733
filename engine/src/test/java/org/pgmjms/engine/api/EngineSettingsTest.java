package org.pgmjms.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.util.internal.PlatformDependent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EngineSettingsTest {
    private static final int PORT = 7500;

    @Test
    void readsEveryDefaultOfEveryProfile() throws PgmException {
        for (Profile profile : Profile.values()) {
            EngineSettings settings = EngineSettings.parse(Map.of("pgm.profile", profile.settingName()));

            assertThat(settings.profile()).isEqualTo(profile);
            assertThat(settings.channel("lo", "239.192.0.1", PORT).udpPort()).isEqualTo(PORT);
            assertThat(settings.source(PORT).bucketBytes()).isEqualTo(500_000);
        }
    }

    @Test
    void hasTheDefaultsOfALocalNetwork() throws PgmException {
        EngineSettings settings = EngineSettings.parse(Map.of());

        SourceConfig source = settings.source(PORT);
        assertThat(source.maxRateBytesPerSecond()).isEqualTo(125_000_000);
        assertThat(source.repairShare()).isEqualTo(0.5);
        assertThat(source.lateJoinPercent()).isEqualTo(75);
        assertThat(source.windowBytes()).isEqualTo(Math.min(192L << 20, PlatformDependent.maxDirectMemory() / 4));
        ReceiverConfig receiver = settings.receiver(DeliveryOrder.COMPLETE, true, false);
        assertThat(receiver.nakBackOffNs()).isEqualTo(2_000_000);
        assertThat(receiver.gapDeadlineNs()).isZero();
        assertThat(receiver.lateJoin()).isTrue();
        assertThat(settings.linger()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void takesTheProfilesValueUnlessOneIsGiven() throws PgmException {
        EngineSettings settings = EngineSettings.parse(Map.of("pgm.profile", "wan", "pgm.nak.repeat", "75ms"));

        ReceiverConfig receiver = settings.receiver(DeliveryOrder.CONTIGUOUS, false, false);
        assertThat(receiver.nakBackOffNs()).isEqualTo(50_000_000);
        assertThat(receiver.nakRepeatNs()).isEqualTo(75_000_000);
    }

    @Test
    void drawsANewSessionForEachSource() throws PgmException {
        EngineSettings settings = EngineSettings.parse(Map.of());

        assertThat(settings.source(PORT).tsi())
                .isNotEqualTo(settings.source(PORT).tsi());
    }

    @Test
    void usesTheSessionThatIsSet() throws PgmException {
        EngineSettings settings = EngineSettings.parse(
                Map.of("pgm.gsi", "1.2.3.4.5.255", "pgm.sourcePort", "1000", "pgm.firstSqn", "4294967295"));

        SourceConfig source = settings.source(PORT);
        assertThat(source.tsi()).hasToString("1.2.3.4.5.255.1000");
        assertThat(source.firstSqn()).isEqualTo(-1);
    }

    @Test
    void drawsTheFirstNumberOfASessionThatMayStartOver() throws PgmException {
        EngineSettings given = EngineSettings.parse(Map.of("pgm.gsi", "1.2.3.4.5.255"));

        assertThat(EngineSettings.parse(Map.of()).source(PORT).firstSqn()).isZero();
        assertThat(given.source(PORT).firstSqn())
                .isNotNegative()
                .isNotEqualTo(given.source(PORT).firstSqn());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pgm.ttl | 256 | 0..255",
                "pgm.ttl | one | a whole number",
                "pgm.maxRate | 1 | 8kbit/s..400Gbit/s",
                "pgm.nak.backOff | 5 parsecs | a duration such as",
                "pgm.loop | perhaps | true or false",
                "pgm.simulatedLoss | 101 | 0..100 per cent",
                "pgm.simulatedLoss | 5;seed=1 | 0..100 per cent",
                "pgm.gsi | 1.2.3 | six numbers",
                "pgm.profile | moon | lan, marketdata, wan or openpgm",
                "pgm.window.bytes | autos | or auto",
                "pgm.spm.heartbeatMin | 3s | pgm.spm.heartbeatMin"
            })
    void refusesABadValueAndSaysWhatIsAllowed(String name, String value, String allowed) {
        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> EngineSettings.parse(Map.of(name, value)))
                .withMessageContaining(name)
                .withMessageContaining(value)
                .withMessageContaining(allowed)
                .matches(e -> e.code() == PgmException.Code.INVALID_SETTING);
    }

    @Test
    void namesTheNearestSettingForAnUnknownOne() {
        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> EngineSettings.parse(Map.of("pgm.maxrate", "1Gbit/s")))
                .withMessage("there is no setting pgm.maxrate; the nearest is pgm.maxRate");
    }

    @Test
    void refusesASourcePortThatIsTheDestinationPort() throws PgmException {
        EngineSettings settings = EngineSettings.parse(Map.of("pgm.sourcePort", "7500"));

        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> settings.source(PORT))
                .withMessageContaining("pgm.sourcePort=7500");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1", "239.192.0", "example.com", "239.192.0.256", "''", "fe80::1"})
    void refusesAGroupThatIsNone(String group) throws PgmException {
        EngineSettings settings = EngineSettings.parse(Map.of());

        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> settings.channel("lo", group, PORT))
                .withMessageContaining("group=" + group)
                .withMessageContaining("224.0.0.0/4")
                .matches(e -> e.code() == PgmException.Code.BAD_GROUP);
    }

    @Test
    void takesGroupsOfBothFamilies() throws PgmException {
        EngineSettings settings =
                EngineSettings.parse(Map.of("pgm.udpPort", "3056", "pgm.simulatedLoss", "2.5,seed=7"));

        assertThat(settings.channel("lo", "[ff15::7500]", PORT).group().getAddress())
                .hasSize(16);
        ChannelConfig channel = settings.channel("lo", "239.192.0.1", PORT);
        assertThat(channel.udpPort()).isEqualTo(3056);
        assertThat(channel.simulatedLossPercent()).isEqualTo(2.5);
        assertThat(channel.simulatedLossSeed()).isEqualTo(7);
    }

    @Test
    void isEqualWhenEveryValueIs() throws PgmException {
        EngineSettings settings = EngineSettings.parse(Map.of("pgm.linger", "1s"));

        assertThat(settings).isEqualTo(EngineSettings.parse(Map.of("pgm.linger", "1000", "pgm.ttl", "1")));
        assertThat(settings).isNotEqualTo(EngineSettings.parse(Map.of("pgm.linger", "2s")));
        assertThat(settings.toString()).contains("pgm.linger=1s").contains("pgm.window.bytes=auto");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void documentsEverySetting(Setting setting) {
        assertThat(setting.settingName()).startsWith("pgm.");
        assertThat(setting.sentence()).endsWith(".");
        assertThat(SettingsReference.markdown()).contains("`" + setting.settingName() + "`");
        assertThat(Setting.named(setting.settingName())).isEqualTo(setting);
    }

    @Test
    void derivesBeanNames() {
        assertThat(Setting.WINDOW_BYTES.beanName()).isEqualTo("pgmWindowBytes");
        assertThat(Setting.TTL.beanName()).isEqualTo("pgmTtl");
    }
}
