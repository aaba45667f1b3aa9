/** The port to a host: typed operations, each one a host script, and the uploads. */
@NullMarked
package dev.cutover.transport;

import org.jspecify.annotations.NullMarked;
