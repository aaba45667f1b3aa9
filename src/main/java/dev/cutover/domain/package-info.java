/** The words of the trade as values: no I/O, no Maven, no transport. */
@NullMarked
package dev.cutover.domain;

import org.jspecify.annotations.NullMarked;
