/** Connections, sessions, producers and consumers. */
@NullMarked
package org.pgmjms.provider.client;

import org.jspecify.annotations.NullMarked;
