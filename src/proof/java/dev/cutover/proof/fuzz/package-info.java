/**
 * Replies, journals and archives that were changed at random: nothing but clear errors comes of
 * them.
 */
@NullMarked
package dev.cutover.proof.fuzz;

import org.jspecify.annotations.NullMarked;
