/** Datagrams in and out; knows nothing of PGM. */
@NullMarked
package org.pgmjms.engine.net;

import org.jspecify.annotations.NullMarked;
