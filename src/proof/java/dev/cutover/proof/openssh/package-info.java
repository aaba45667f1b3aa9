/** Tries to break the promises with real kills, cuts and stalls on a real OpenSSH. */
@NullMarked
package dev.cutover.proof.openssh;

import org.jspecify.annotations.NullMarked;
