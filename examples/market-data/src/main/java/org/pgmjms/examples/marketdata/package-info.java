/** The market data demo: one publisher, many subscribers. */
@NullMarked
package org.pgmjms.examples.marketdata;

import org.jspecify.annotations.NullMarked;
