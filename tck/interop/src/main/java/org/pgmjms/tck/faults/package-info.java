/** The fault matrix: one command that harms the network between our programs in every way it can, and judges the result. */
@NullMarked
package org.pgmjms.tck.faults;

import org.jspecify.annotations.NullMarked;
