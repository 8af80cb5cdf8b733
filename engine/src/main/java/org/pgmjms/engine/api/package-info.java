/** The vocabulary of the engine: settings, sessions, handlers, counters. */
@NullMarked
package org.pgmjms.engine.api;

import org.jspecify.annotations.NullMarked;
