/** Names of topics and queues. */
@NullMarked
package org.pgmjms.provider.destination;

import org.jspecify.annotations.NullMarked;
