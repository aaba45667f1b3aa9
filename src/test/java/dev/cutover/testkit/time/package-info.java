/** Clocks that go when they are told to. */
@NullMarked
package dev.cutover.testkit.time;

import org.jspecify.annotations.NullMarked;
