/** What the conformance and interop tests share. */
@NullMarked
package org.pgmjms.tck.kit;

import org.jspecify.annotations.NullMarked;
