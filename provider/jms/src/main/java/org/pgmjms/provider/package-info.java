/** Jakarta Messaging over PGM; the connection factory is the entry point. */
@NullMarked
package org.pgmjms.provider;

import org.jspecify.annotations.NullMarked;
