/** Runs the benchmarks, which live in the packages of what they measure, and writes down what they found. */
@NullMarked
package org.pgmjms.tck.jmh;

import org.jspecify.annotations.NullMarked;
