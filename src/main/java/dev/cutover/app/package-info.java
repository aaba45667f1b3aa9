/** The only place that wires things together; one method a goal. */
@NullMarked
package dev.cutover.app;

import org.jspecify.annotations.NullMarked;
