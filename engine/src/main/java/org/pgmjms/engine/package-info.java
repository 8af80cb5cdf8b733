/** The doors of the PGM engine: publications and subscriptions on a channel. */
@NullMarked
package org.pgmjms.engine;

import org.jspecify.annotations.NullMarked;
