/** Assembles what is released: files, their modes and digests, in one deterministic order. */
@NullMarked
package dev.cutover.bundle;

import org.jspecify.annotations.NullMarked;
