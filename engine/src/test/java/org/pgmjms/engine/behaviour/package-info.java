/**
 * What OpenPGM's network scripts expect of any PGM, in virtual time: source and receiver against peers written by hand.
 * The scripts about parity are left out.
 */
@NullMarked
package org.pgmjms.engine.behaviour;

import org.jspecify.annotations.NullMarked;
