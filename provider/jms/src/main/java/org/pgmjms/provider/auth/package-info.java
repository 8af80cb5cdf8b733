/** Who may make connections. Jakarta Messaging 3.1, section 6.1.1. */
@NullMarked
package org.pgmjms.provider.auth;

import org.jspecify.annotations.NullMarked;
