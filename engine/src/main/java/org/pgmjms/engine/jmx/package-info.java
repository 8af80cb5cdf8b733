/** What a running engine tells to management tools: its MXBeans. All are in the domain {@code org.pgmjms}. */
@NullMarked
package org.pgmjms.engine.jmx;

import org.jspecify.annotations.NullMarked;
