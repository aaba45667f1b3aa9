/**
 * Capistrano and we are asked the same questions by the same checker, with the real {@code cap}.
 */
@NullMarked
package dev.cutover.proof.capistrano;

import org.jspecify.annotations.NullMarked;
