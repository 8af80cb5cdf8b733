package org.pgmjms.provider.jndi;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import javax.naming.CompositeName;
import javax.naming.ConfigurationException;
import javax.naming.Context;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.PgmXAConnectionFactory;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;

/** Reads properties and builds the tree of objects that they describe. One use, one thread. */
final class AdministeredObjects {
    private static final Kind PLAIN =
            new Kind(List.of("connectionfactory.", "connectionFactory."), PgmConnectionFactory::of);
    private static final Kind XA =
            new Kind(List.of("xaconnectionfactory.", "xaConnectionFactory."), PgmXAConnectionFactory::of);
    private static final String PROPERTY_PREFIX = "property.";
    private static final String TOPIC_PREFIX = "topic.";
    private static final String QUEUE_PREFIX = "queue.";
    private static final String DESTINATION_PREFIX = "destination.";
    private static final List<String> OF_NETWORK =
            List.of("ConnectionFactory", "TopicConnectionFactory", "QueueConnectionFactory");
    private static final List<String> XA_OF_NETWORK = List.of("XAConnectionFactory");
    private static final String ALLOWED_URL = "a path, a file: URL, or a network as in epgm://eth0;239.192.0.1:7500";

    private final Map<String, String> properties;
    private final Variables variables = Variables.ofSystem();
    private final Node.Directory root = new Node.Directory();

    /** A kind of connection factory: how its properties begin, the preferred spelling first, and what makes it. */
    private record Kind(List<String> prefixes, Function<Map<String, String>, PgmConnectionFactory> maker) {}

    private AdministeredObjects(Map<String, String> properties) {
        this.properties = properties;
    }

    /** The tree that these properties, and those of the file they name, describe. */
    static Node read(Map<?, ?> environment) throws NamingException {
        AdministeredObjects objects = new AdministeredObjects(texts(environment));
        String network = objects.network();
        objects.bindFactories(PLAIN, OF_NETWORK, network);
        objects.bindFactories(XA, XA_OF_NETWORK, network);
        objects.bindDestinations();
        return objects.root;
    }

    private static Map<String, String> texts(Map<?, ?> environment) {
        TreeMap<String, String> texts = new TreeMap<>();
        environment.forEach((key, value) -> {
            if (key instanceof String name && value instanceof String text) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    /** The network that the provider URL names, if it names one; a file's properties are added instead. */
    private @Nullable String network() throws ConfigurationException {
        String url = providerUrl();
        if (url == null || isNetwork(url)) {
            return url;
        }
        Properties more = load(url);
        for (String name : more.stringPropertyNames()) {
            properties.putIfAbsent(name, more.getProperty(name));
        }
        String inFile = more.getProperty(Context.PROVIDER_URL);
        return inFile != null && isNetwork(inFile) ? variables.replaceIn(inFile, Context.PROVIDER_URL) : null;
    }

    private @Nullable String providerUrl() throws ConfigurationException {
        String url = properties.get(Context.PROVIDER_URL);
        return url == null || url.isBlank()
                ? null
                : variables.replaceIn(url, Context.PROVIDER_URL).trim();
    }

    private static boolean isNetwork(String url) {
        return url.startsWith("epgm:") || url.startsWith("pgm:");
    }

    private static Properties load(String url) throws ConfigurationException {
        try (Reader reader = Files.newBufferedReader(path(url))) {
            Properties more = new Properties();
            more.load(reader);
            return more;
        } catch (IOException | IllegalArgumentException e) {
            throw wrong(Context.PROVIDER_URL + " '" + url + "' cannot be read; allowed is " + ALLOWED_URL, e);
        }
    }

    private static Path path(String url) {
        if (url.startsWith("file:")) {
            return Path.of(URI.create(url));
        }
        if (url.contains("://")) {
            throw new IllegalArgumentException("No scheme of ours");
        }
        return Path.of(url);
    }

    private void bindFactories(Kind kind, List<String> ofNetwork, @Nullable String network) throws NamingException {
        TreeMap<String, String> urls = new TreeMap<>();
        if (network != null) {
            ofNetwork.forEach(name -> urls.put(name, network));
        }
        for (String prefix : kind.prefixes) {
            forEach(prefix, urls::put);
        }
        Map<String, Map<String, String>> settings = factorySettings(kind, urls);
        for (Map.Entry<String, String> factory : urls.entrySet()) {
            Map<String, String> all = settings.getOrDefault(factory.getKey(), new HashMap<>());
            if (!factory.getValue().isBlank()) {
                all.putIfAbsent("url", factory.getValue().trim());
            }
            bind(factory.getKey(), kind.prefixes.get(0), () -> kind.maker.apply(all));
        }
    }

    /** The settings of each factory; names may have dots, so the longest that fits is meant. */
    private Map<String, Map<String, String>> factorySettings(Kind kind, Map<String, String> urls)
            throws NamingException {
        Map<String, Map<String, String>> settings = new HashMap<>();
        for (String prefix : kind.prefixes) {
            forEach(PROPERTY_PREFIX + prefix, (rest, value) -> {
                String factory = longestPrefix(rest, urls);
                if (factory == null) {
                    throw new ConfigurationException(PROPERTY_PREFIX + prefix + rest
                            + " belongs to no connection factory; there are " + urls.keySet());
                }
                settings.computeIfAbsent(factory, name -> new HashMap<>())
                        .put(rest.substring(factory.length() + 1), value);
            });
        }
        return settings;
    }

    private static @Nullable String longestPrefix(String text, Map<String, String> names) {
        String longest = null;
        for (String name : names.keySet()) {
            if (text.startsWith(name + ".") && (longest == null || name.length() > longest.length())) {
                longest = name;
            }
        }
        return longest;
    }

    private void bindDestinations() throws NamingException {
        forEach(TOPIC_PREFIX, (name, text) -> bind(name, TOPIC_PREFIX, () -> new PgmTopic(text)));
        forEach(QUEUE_PREFIX, (name, text) -> bind(name, QUEUE_PREFIX, () -> new PgmQueue(text)));
        forEach(DESTINATION_PREFIX, (name, text) -> bind(name, DESTINATION_PREFIX, () -> destination(text)));
        bindDynamic("dynamicTopics", PgmTopic::new);
        bindDynamic("dynamicQueues", PgmQueue::new);
    }

    private void bindDynamic(String name, Function<String, Object> maker) throws NamingException {
        root.bind(new CompositeName(name), new Node.Dynamic(maker));
    }

    private static PgmDestination destination(String text) {
        int colon = text.indexOf(':');
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "queue" -> new PgmQueue(text.substring(colon + 1));
            case "topic" -> new PgmTopic(text.substring(colon + 1));
            default -> new PgmTopic(text);
        };
    }

    private void bind(String name, String prefix, Maker maker) throws NamingException {
        try {
            root.bind(new CompositeName(name), maker.make());
        } catch (ConfigurationException e) {
            throw e;
        } catch (IllegalArgumentException | NamingException e) {
            throw wrong(prefix + name + ": " + e.getMessage(), e);
        }
    }

    /** Each property with this prefix: what follows it, and its value without variables. */
    private void forEach(String prefix, Use use) throws NamingException {
        for (Map.Entry<String, String> property : new ArrayList<>(properties.entrySet())) {
            String key = property.getKey();
            if (key.startsWith(prefix)) {
                if (key.length() == prefix.length()) {
                    throw new ConfigurationException(key + " names nothing; it is " + prefix + "NAME");
                }
                use.of(key.substring(prefix.length()), variables.replaceIn(property.getValue(), key));
            }
        }
    }

    private static ConfigurationException wrong(String message, Exception cause) {
        ConfigurationException wrong = new ConfigurationException(message);
        wrong.setRootCause(cause);
        return wrong;
    }

    private interface Use {
        void of(String name, String value) throws NamingException;
    }

    private interface Maker {
        Object make() throws NamingException;
    }
}
