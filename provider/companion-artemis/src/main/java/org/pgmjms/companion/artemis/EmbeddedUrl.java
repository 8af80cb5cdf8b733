package org.pgmjms.companion.artemis;

import jakarta.jms.JMSException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an embedded broker: {@code embedded?dataDir=DIRECTORY[&listen=tcp://HOST:PORT][&users=FILE]}. Immutable.
 *
 * @param dataDir where its files are, and nowhere else
 * @param listen where it serves other processes, or null if it does not
 * @param users who may connect from other processes, as {@code jms.users} has it, or null for anyone
 */
record EmbeddedUrl(
        Path dataDir, @Nullable URI listen, @Nullable String users) {
    private static final String SCHEME = "embedded";
    private static final String GRAMMAR = "embedded?dataDir=DIRECTORY[&listen=tcp://HOST:PORT][&users=FILE]";
    private static final Set<String> PARAMETERS = Set.of("dataDir", "listen", "users");

    static boolean isOne(String url) {
        return url.equals(SCHEME) || url.startsWith(SCHEME + "?");
    }

    /** Reads a URL; the exception names the part that is wrong and what is allowed. */
    static EmbeddedUrl parse(String url) throws JMSException {
        Map<String, String> parameters = parameters(url);
        String dataDir = parameters.get("dataDir");
        if (dataDir == null || dataDir.isBlank()) {
            throw refused(url, "dataDir is missing", null);
        }
        String listen = parameters.get("listen");
        String users = parameters.get("users");
        if (users != null && listen == null) {
            throw refused(url, "users are for those who connect by listen, which is missing", null);
        }
        URI address = listen == null ? null : address(url, listen);
        if (address != null && users == null && !isLoopback(url, address)) {
            throw refused(url, "listen reaches other hosts, so that users has to name the file of those who may", null);
        }
        try {
            return new EmbeddedUrl(Path.of(dataDir).toAbsolutePath().normalize(), address, users);
        } catch (InvalidPathException e) {
            throw refused(url, "dataDir is no path", e);
        }
    }

    private static Map<String, String> parameters(String url) throws JMSException {
        Map<String, String> parameters = new HashMap<>();
        int question = url.indexOf('?');
        String query = question < 0 ? "" : url.substring(question + 1);
        for (String parameter : query.split("&", -1)) {
            if (parameter.isEmpty()) {
                continue;
            }
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!PARAMETERS.contains(name) || equals < 0) {
                throw refused(url, "'" + parameter + "' is none of its parameters", null);
            }
            if (parameters.put(name, decode(url, parameter.substring(equals + 1))) != null) {
                throw refused(url, name + " is there twice", null);
            }
        }
        return parameters;
    }

    private static String decode(String url, String text) throws JMSException {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused(url, "'" + text + "' has a % without two hexadecimal digits", e);
        }
    }

    private static URI address(String url, String listen) throws JMSException {
        try {
            URI address = new URI(listen);
            boolean isPlain = "tcp".equals(address.getScheme())
                    && address.getHost() != null
                    && address.getPort() >= 0
                    && address.getPath().isEmpty()
                    && address.getQuery() == null;
            if (isPlain) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw refused(url, "listen is no address", e);
        }
        throw refused(url, "listen is no address", null);
    }

    private static boolean isLoopback(String url, URI address) throws JMSException {
        try {
            return InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw refused(url, "the host of listen is unknown", e);
        }
    }

    private static JMSException refused(String url, String why, @Nullable Exception cause) {
        return Failures.setting(
                "Setting broker.url has the value '" + url + "': " + why + "; allowed is " + GRAMMAR, cause);
    }
}
