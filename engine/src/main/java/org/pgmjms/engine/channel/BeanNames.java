package org.pgmjms.engine.channel;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.Tsi;

/** How MBeans and what they count are called. */
final class BeanNames {
    private BeanNames() {}

    /** The key properties of something on a channel. */
    static Map<String, String> of(String type, String engine, ChannelConfig channel) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("type", type);
        keys.put("engine", engine);
        keys.put("group", channel.group().getHostAddress());
        keys.put("port", Integer.toString(channel.destinationPort()));
        return keys;
    }

    /** The key properties of a source. */
    static Map<String, String> of(String engine, ChannelConfig channel, Tsi tsi) {
        Map<String, String> keys = of("Source", engine, channel);
        keys.put("tsi", tsi.toString());
        return keys;
    }

    /** What a channel is called in logs and events. */
    static String shown(ChannelConfig channel) {
        return channel.group().getHostAddress() + ':' + channel.destinationPort();
    }

    /** The key properties of an engine's limits. */
    static Map<String, String> limits(String engine) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("type", "Limits");
        keys.put("engine", engine);
        return keys;
    }

    /** Counters by name. */
    static Map<String, Long> lowerCase(Map<? extends Enum<?>, Long> counters) {
        Map<String, Long> named = new TreeMap<>();
        counters.forEach((counter, value) -> named.put(counter.name().toLowerCase(Locale.ROOT), value));
        return named;
    }
}
