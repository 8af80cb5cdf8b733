/** Apache Artemis as a companion broker: a remote one, or one in this JVM. */
@NullMarked
package org.pgmjms.companion.artemis;

import org.jspecify.annotations.NullMarked;
