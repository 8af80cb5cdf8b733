/** Frameworks and servers that use Jakarta Messaging, unmodified, on this provider. */
@NullMarked
package org.pgmjms.tck.frameworks;

import org.jspecify.annotations.NullMarked;
