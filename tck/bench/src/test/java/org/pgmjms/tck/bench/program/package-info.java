/** Tests of what all measured programs share. */
@org.jspecify.annotations.NullMarked
package org.pgmjms.tck.bench.program;
