package org.pgmjms.provider.link;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.provider.stats.TransportMXBean;

/** Shows a transport to management tools. Safe for any thread. */
final class TransportBean implements TransportMXBean {
    private final ChannelConfig channel;
    private final Transport transport;

    TransportBean(ChannelConfig channel, Transport transport) {
        this.channel = channel;
        this.transport = transport;
    }

    /** The key properties of its name. */
    static Map<String, String> keys(ChannelConfig channel) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("type", "Transport");
        keys.put("group", channel.group().getHostAddress());
        keys.put("port", Integer.toString(channel.destinationPort()));
        return keys;
    }

    @Override
    public String getNetworkInterface() {
        return channel.networkInterface();
    }

    @Override
    public String getGroup() {
        return channel.group().getHostAddress();
    }

    @Override
    public int getPort() {
        return channel.destinationPort();
    }

    @Override
    public Map<String, Long> getStatistics() {
        return new TreeMap<>(transport.statistics());
    }
}
