/** Releases on a file system whose power is cut. */
@NullMarked
package dev.cutover.proof.power;

import org.jspecify.annotations.NullMarked;
