/**
 * Administered objects by JNDI: an initial context that reads its objects from properties, and an object factory that
 * makes them from references. Jakarta Messaging 3.1, section 5.1.
 */
@NullMarked
package org.pgmjms.provider.jndi;

import org.jspecify.annotations.NullMarked;
