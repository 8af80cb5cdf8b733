package org.pgmjms.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.client.JmsSetting;
import org.pgmjms.provider.link.TransportSettings;
import org.pgmjms.provider.link.ValueKind;

/** The names of a connection factory's properties: settings, bean properties, and the few that are no options. */
final class FactoryProperties {
    static final String URL = "url";
    static final String USER_NAME = "userName";
    static final String PASSWORD = "password";
    /** Those that are no options of a URL. */
    static final List<String> NO_OPTIONS = List.of(URL, USER_NAME, PASSWORD);

    private static final Map<String, String> SETTINGS = settings();

    private FactoryProperties() {}

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        NO_OPTIONS.forEach(name -> settings.put(name, name));
        settings.put("clientId", JmsSetting.CLIENT_ID.settingName());
        for (JmsSetting setting : JmsSetting.values()) {
            settings.put(setting.settingName(), setting.settingName());
            settings.put(setting.beanName(), setting.settingName());
        }
        TransportSettings.beanNames().forEach((setting, bean) -> {
            settings.put(setting, setting);
            settings.put(bean, setting);
        });
        return Map.copyOf(settings);
    }

    /** The name under which a property is kept, whichever way it is spelt; the exception knows the nearest. */
    static String kept(String name) {
        String kept = SETTINGS.get(name);
        if (kept != null) {
            return kept;
        }
        @Nullable String nearest = ValueKind.nearestName(name, new ArrayList<>(SETTINGS.keySet()));
        throw new IllegalArgumentException("A connection factory has no property " + name
                + (nearest == null ? "" : "; did you mean " + nearest + "?"));
    }
}
