package org.pgmjms.engine.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The part of the documentation's settings reference that the engine's table gives. */
public final class SettingsReference {

    private SettingsReference() {}

    /** A Markdown table of all settings, one line each, without a heading. */
    public static String markdown() {
        StringBuilder table = new StringBuilder(8192);
        table.append("| Setting | Bean property | Default | Allowed | RFC 3208 / Windows | What it does |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (Setting setting : Setting.values()) {
            table.append("| `").append(setting.settingName());
            table.append("` | `").append(setting.beanName());
            table.append("` | ").append(defaults(setting));
            table.append(" | ").append(setting.allowed()).append(setting.allowsAuto() ? ", auto" : "");
            table.append(" | ").append(setting.standardName());
            table.append(" | ").append(setting.sentence()).append(" |\n");
        }
        return table.toString();
    }

    private static String defaults(Setting setting) {
        String common = setting.defaultFor(Profile.LAN);
        List<Profile> different = Arrays.stream(Profile.values())
                .filter(profile -> !setting.defaultFor(profile).equals(common))
                .toList();
        return common
                + different.stream()
                        .map(profile -> ", " + profile.settingName() + " " + setting.defaultFor(profile))
                        .collect(Collectors.joining());
    }
}
