/** Failures that carry data: what happened, where, and what to type next. */
@NullMarked
package dev.cutover.error;

import org.jspecify.annotations.NullMarked;
