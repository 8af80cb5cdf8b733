/** The benchmark: which programs are compared, how a cell is run, and what is made of the figures. */
@org.jspecify.annotations.NullMarked
package org.pgmjms.tck.bench;
