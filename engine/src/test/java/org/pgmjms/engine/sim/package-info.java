/**
 * A network, sources and receivers in virtual time, from one seed. No test framework in here: tests of the engine and of
 * what stands on it use it alike.
 */
@NullMarked
package org.pgmjms.engine.sim;

import org.jspecify.annotations.NullMarked;
