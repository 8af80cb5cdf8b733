/** The vocabulary that all layers of the engine share, and its settings. */
@NullMarked
package org.pgmjms.engine.api;

import org.jspecify.annotations.NullMarked;
