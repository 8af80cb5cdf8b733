/** A network, a clock and steps for tests of what connections do. */
@NullMarked
package org.pgmjms.provider.testing;

import org.jspecify.annotations.NullMarked;
