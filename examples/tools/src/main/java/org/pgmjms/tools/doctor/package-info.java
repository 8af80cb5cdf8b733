/** {@code pgmjms doctor}: whether a network carries what PGM needs. */
package org.pgmjms.tools.doctor;
