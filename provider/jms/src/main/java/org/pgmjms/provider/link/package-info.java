/** From messages to the engine and back; the only package that knows the engine. */
@NullMarked
package org.pgmjms.provider.link;

import org.jspecify.annotations.NullMarked;
