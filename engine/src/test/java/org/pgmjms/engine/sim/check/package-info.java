/** What must hold in every simulated run: one class for each promise. */
@NullMarked
package org.pgmjms.engine.sim.check;

import org.jspecify.annotations.NullMarked;
