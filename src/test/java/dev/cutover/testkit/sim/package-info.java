/**
 * A host in memory that does, step by step, what the host scripts do. It keeps the contract that
 * the real hosts keep, and knows what a power cut would leave of it. Whoever uses it hears every
 * step and may have something go wrong at it.
 */
@NullMarked
package dev.cutover.testkit.sim;

import org.jspecify.annotations.NullMarked;
