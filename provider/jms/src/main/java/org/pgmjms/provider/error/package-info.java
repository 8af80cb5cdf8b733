/** Exceptions and their codes. */
@NullMarked
package org.pgmjms.provider.error;

import org.jspecify.annotations.NullMarked;
