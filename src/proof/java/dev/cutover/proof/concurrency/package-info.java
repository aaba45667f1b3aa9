/** Many clients on one root at once, and clients that wake when another has taken over. */
@NullMarked
package dev.cutover.proof.concurrency;

import org.jspecify.annotations.NullMarked;
