package org.pgmjms.provider.jndi;

import java.util.Hashtable;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes read-only contexts whose objects are described by properties: of {@code jndi.properties} on the class path, of
 * the table given to {@link javax.naming.InitialContext}, or of a file. Jakarta Messaging 3.1, section 5.1.
 *
 * <table>
 * <caption>The properties</caption>
 * <tr><td>{@code java.naming.factory.initial}</td><td>the name of this class</td></tr>
 * <tr><td>{@code java.naming.provider.url}</td><td>a file of more properties, as a path or a {@code file:} URL; or an
 * {@code epgm:} URL, for which {@code ConnectionFactory}, {@code TopicConnectionFactory} and
 * {@code QueueConnectionFactory} are bound</td></tr>
 * <tr><td>{@code connectionfactory.NAME}</td><td>an {@code epgm:} URL</td></tr>
 * <tr><td>{@code property.connectionfactory.NAME.PROPERTY}</td><td>a setting or bean property of that factory, such as
 * {@code property.connectionfactory.desk.jms.lossPolicy}</td></tr>
 * <tr><td>{@code topic.NAME}</td><td>a topic, with its attributes</td></tr>
 * <tr><td>{@code queue.NAME}</td><td>a queue</td></tr>
 * <tr><td>{@code destination.NAME}</td><td>{@code topic:NAME}, {@code queue:NAME}; without prefix a topic</td></tr>
 * </table>
 *
 * <p>{@code connectionFactory} is understood as well. A name with slashes is bound in subcontexts.
 * {@code dynamicTopics/X} and {@code dynamicQueues/X} are there without a property. In values {@code ${name}} and
 * {@code ${name:-default}} stand for a system property, else for an environment variable, else for the default. What
 * the table says wins over the file. A wrong property is a {@link javax.naming.ConfigurationException} that names it;
 * the values of settings are checked when a connection is made.
 *
 * <p>Safe for any thread.
 */
public final class PgmInitialContextFactory implements InitialContextFactory {
    /** For the naming system. */
    public PgmInitialContextFactory() {}

    /**
     * A context with what the properties describe.
     *
     * @throws NamingException if a property is wrong or the file cannot be read; the message names it
     */
    @Override
    public Context getInitialContext(@Nullable Hashtable<?, ?> environment) throws NamingException {
        Map<?, ?> properties = environment == null ? Map.of() : environment;
        return new ReadOnlyContext(AdministeredObjects.read(properties), "", properties);
    }
}
