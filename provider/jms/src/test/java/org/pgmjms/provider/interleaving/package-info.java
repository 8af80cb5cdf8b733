/** Random uses of connections, sessions, producers, consumers, browsers and temporary destinations by several threads. */
package org.pgmjms.provider.interleaving;
