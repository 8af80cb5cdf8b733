/** Jakarta Messaging in virtual time: connections on the engine's real protocol halves, on a simulated network. */
@NullMarked
package org.pgmjms.provider.sim;

import org.jspecify.annotations.NullMarked;
