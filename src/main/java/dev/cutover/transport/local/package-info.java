/** This machine as a host, running the same host scripts. */
@NullMarked
package dev.cutover.transport.local;

import org.jspecify.annotations.NullMarked;
