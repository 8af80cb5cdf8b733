package org.pgmjms.tools;

import jakarta.jms.JMSException;
import java.util.Map;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.provider.client.ConnectionSettings;
import org.pgmjms.provider.link.LinkSettings;

/** The channel that a URL names, for commands that look below the messages. Of a pool it is the first group's. */
final class ChannelUrl {
    private ChannelUrl() {}

    /** Reads and checks a URL with its options. */
    static ChannelConfig channel(String url) throws JMSException, PgmException {
        LinkSettings link = ConnectionSettings.parse(url, Map.of()).link();
        return EngineSettings.parse(link.pgm()).channel(link.networkInterface(), link.group(), link.port());
    }
}
