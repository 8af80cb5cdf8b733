/** {@code pgmjms dump}. */
package org.pgmjms.tools.dump;
