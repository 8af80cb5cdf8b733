package org.pgmjms.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.beans.BeanInfo;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.client.JmsSetting;
import org.pgmjms.provider.link.TransportSettings;

/** The tables of settings, the factory's bean properties and the documentation say the same. */
class SettingsDocumentTest {
    private static final String HEAD = """
            # Settings

            Each is an option of the URL, `epgm://lo;239.192.0.1:7500?pgm.maxRate=100Mbit/s&jms.lossPolicy=mark`, and a bean
            property of `PgmConnectionFactory`, which wins over the URL. All are checked when a connection is made: a wrong value
            fails there with its setting, the value and what is allowed, an unknown name with the nearest one.
            Values take units: `25us`, `250ms`, `10s`, `16MiB`, `1Gbit/s`, `50%`; a bare duration is in milliseconds.
            The factory has four more properties: `url`, `userName`, `password` and `clientId` (the same as `jmsClientId`).

            ## jms.*: connections, sessions, consumers

            """;

    /** {@code -Ddocs.write=true} writes it anew. */
    @Test
    void docsListEverySetting() throws IOException {
        String expected = HEAD + JmsSetting.markdown("jms.") + "\n## broker.*: the companion broker\n\n"
                + JmsSetting.markdown("broker.") + "\n## pgm.*: the network\n\n" + TransportSettings.markdown();
        Path docs = Path.of("..", "..", "docs", "settings.md");
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(docs, expected);
        }

        assertEquals(expected, Files.readString(docs));
    }

    @Test
    void everySettingIsABeanPropertyThatCanBeReadAndWritten() throws IntrospectionException {
        Set<String> expected = new TreeSet<>(TransportSettings.beanNames().values());
        for (JmsSetting setting : JmsSetting.values()) {
            expected.add(setting.beanName());
        }

        BeanInfo bean = Introspector.getBeanInfo(PgmConnectionFactory.class);
        Set<String> properties = new TreeSet<>();
        for (PropertyDescriptor property : bean.getPropertyDescriptors()) {
            String name = property.getName();
            if (isSetting(name)) {
                properties.add(name);
                assertEquals(String.class, property.getPropertyType(), name);
                assertTrue(property.getReadMethod() != null && property.getWriteMethod() != null, name);
            }
        }
        assertEquals(expected, properties);
    }

    @Test
    void everyBeanPropertySetsItsOwnSetting() throws ReflectiveOperationException, IntrospectionException {
        PgmConnectionFactory factory = new PgmConnectionFactory();
        Set<String> seen = new HashSet<>();
        for (PropertyDescriptor property :
                Introspector.getBeanInfo(PgmConnectionFactory.class).getPropertyDescriptors()) {
            String bean = property.getName();
            if (isSetting(bean)) {
                property.getWriteMethod().invoke(factory, "value of " + bean);
                assertEquals("value of " + bean, factory.get(settingName(bean)));
                assertEquals("value of " + bean, property.getReadMethod().invoke(factory));
                seen.add(bean);
            }
        }
        assertEquals(TransportSettings.names().size() + JmsSetting.values().length, seen.size());
    }

    private static boolean isSetting(String bean) {
        return bean.startsWith("jms") || bean.startsWith("broker") || bean.startsWith("pgm");
    }

    private static String settingName(String bean) {
        for (JmsSetting setting : JmsSetting.values()) {
            if (setting.beanName().equals(bean)) {
                return setting.settingName();
            }
        }
        return TransportSettings.beanNames().entrySet().stream()
                .filter(entry -> entry.getValue().equals(bean))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
