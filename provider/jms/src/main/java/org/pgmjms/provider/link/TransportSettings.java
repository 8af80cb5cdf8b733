package org.pgmjms.provider.link;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pgmjms.engine.api.Setting;
import org.pgmjms.engine.api.SettingsReference;

/** The engine's table of {@code pgm.*} settings, as far as a connection factory has to know it. */
public final class TransportSettings {
    private static final Map<String, String> BEAN_NAMES = Arrays.stream(Setting.values())
            .collect(Collectors.toUnmodifiableMap(Setting::settingName, Setting::beanName));

    private TransportSettings() {}

    /** All names, such as {@code pgm.window.bytes}, in the order of the table. */
    public static List<String> names() {
        return Arrays.stream(Setting.values()).map(Setting::settingName).toList();
    }

    /** Bean property names, such as {@code pgmWindowBytes}, by setting name. */
    public static Map<String, String> beanNames() {
        return BEAN_NAMES;
    }

    /** One sentence for each setting, by name. */
    public static Map<String, String> sentences() {
        return Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::settingName, Setting::sentence));
    }

    /** A Markdown table of all settings. */
    public static String markdown() {
        return SettingsReference.markdown();
    }
}
