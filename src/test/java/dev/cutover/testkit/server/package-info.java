/** Real servers on loopback. */
@NullMarked
package dev.cutover.testkit.server;

import org.jspecify.annotations.NullMarked;
