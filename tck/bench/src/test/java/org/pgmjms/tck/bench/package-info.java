/** Tests of what the benchmark makes of its figures; none of them measures. */
@org.jspecify.annotations.NullMarked
package org.pgmjms.tck.bench;
