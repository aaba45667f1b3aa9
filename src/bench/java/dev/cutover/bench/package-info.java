/** Programs that measure what is promised; run by hand, never as tests. */
@NullMarked
package dev.cutover.bench;

import org.jspecify.annotations.NullMarked;
