/** Messages and their form on the wire. */
@NullMarked
package org.pgmjms.provider.message;

import org.jspecify.annotations.NullMarked;
