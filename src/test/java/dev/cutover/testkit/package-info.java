/** What tests and proofs share. */
@NullMarked
package dev.cutover.testkit;

import org.jspecify.annotations.NullMarked;
