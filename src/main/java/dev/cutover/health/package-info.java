/** Probes that decide whether a release is healthy. */
@NullMarked
package dev.cutover.health;

import org.jspecify.annotations.NullMarked;
