/** The pgmjms command line. */
package org.pgmjms.tools;
