/** What tests of the engine, and of others on it, share: seeds, random packets. */
@NullMarked
package org.pgmjms.engine.testing;

import org.jspecify.annotations.NullMarked;
