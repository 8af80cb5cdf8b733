/** What an application is told about loss. */
@NullMarked
package org.pgmjms.provider.loss;

import org.jspecify.annotations.NullMarked;
