/** Tests of what the programs of the fault matrix judge with. */
@NullMarked
package org.pgmjms.tck.faults.program;

import org.jspecify.annotations.NullMarked;
