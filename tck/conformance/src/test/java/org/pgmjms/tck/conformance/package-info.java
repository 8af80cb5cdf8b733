/** Requirements of Jakarta Messaging 3.1 and RFC 3208, one class per chapter. */
@NullMarked
package org.pgmjms.tck.conformance;

import org.jspecify.annotations.NullMarked;
