/** The programs that the fault matrix runs on the hosts of its labs: they count, and judge what they got. */
@NullMarked
package org.pgmjms.tck.faults.program;

import org.jspecify.annotations.NullMarked;
