/**
 * Brokers beside the group: who keeps what multicast cannot keep, named queues and durable subscriptions. Any Jakarta
 * Messaging provider can be one.
 */
@NullMarked
package org.pgmjms.provider.companion;

import org.jspecify.annotations.NullMarked;
