/** What runs in the measured processes: one class for each program that is compared. */
@org.jspecify.annotations.NullMarked
package org.pgmjms.tck.bench.program;
