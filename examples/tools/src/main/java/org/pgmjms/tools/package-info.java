/** The pgmjms command line. */
@NullMarked
package org.pgmjms.tools;

import org.jspecify.annotations.NullMarked;
