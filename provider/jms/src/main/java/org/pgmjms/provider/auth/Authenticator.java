package org.pgmjms.provider.auth;

import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may make connections of a factory: asked once for each connection, on the thread that makes it, before
 * anything is opened. Called by any thread. Jakarta Messaging 3.1, section 6.1.1.
 *
 * <p>It guards the application's own factory. Nobody is kept off the network by it: PGM has no users.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Whether this user may make a connection; if not, the application gets a
     * {@link jakarta.jms.JMSSecurityException} that names neither user nor password.
     *
     * @param userName of the call or else of the factory; null if neither names one
     * @param password likewise
     * @throws JMSException if that cannot be found out; the connection is not made
     */
    boolean accepts(@Nullable String userName, @Nullable String password) throws JMSException;
}
