/** The host scripts under a fault at every one of their file-system calls. */
@NullMarked
package dev.cutover.proof.strace;

import org.jspecify.annotations.NullMarked;
