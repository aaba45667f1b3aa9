/**
 * The whole application over hosts in memory, broken at every point of every operation. A host here
 * knows what a power cut would leave of it, and every promise is checked at every point.
 */
@NullMarked
package dev.cutover.proof.memory;

import org.jspecify.annotations.NullMarked;
