/** Tests of the fault matrix itself. */
@NullMarked
package org.pgmjms.tck.faults;

import org.jspecify.annotations.NullMarked;
