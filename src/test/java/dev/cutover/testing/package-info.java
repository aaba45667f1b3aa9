/** Real servers on loopback for tests. */
@NullMarked
package dev.cutover.testing;

import org.jspecify.annotations.NullMarked;
