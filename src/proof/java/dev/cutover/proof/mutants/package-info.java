/** Whether the proofs see what they are there to see: bugs put into the host scripts. */
@NullMarked
package dev.cutover.proof.mutants;

import org.jspecify.annotations.NullMarked;
