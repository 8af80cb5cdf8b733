/** An example of an application: market data by topic, orders by queue, one transaction for both. */
@NullMarked
package org.pgmjms.examples.orderflow;

import org.jspecify.annotations.NullMarked;
