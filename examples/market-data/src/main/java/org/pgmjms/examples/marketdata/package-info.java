/** Replays real prices to many subscribers over reliable multicast, each in a process of its own. */
package org.pgmjms.examples.marketdata;
