/** Full, read-only and protected disks, struck at every operation of a release. */
@NullMarked
package dev.cutover.proof.space;

import org.jspecify.annotations.NullMarked;
