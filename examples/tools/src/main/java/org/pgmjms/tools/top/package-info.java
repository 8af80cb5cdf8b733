/** {@code pgmjms top}: what the MBeans of a running program say. */
package org.pgmjms.tools.top;
