/** Hosts that are not there: in memory, or over one loopback port. */
@NullMarked
package dev.cutover.testkit.host;

import org.jspecify.annotations.NullMarked;
