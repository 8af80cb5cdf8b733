/** Numbers of a connection's transports. */
@NullMarked
package org.pgmjms.provider.stats;

import org.jspecify.annotations.NullMarked;
