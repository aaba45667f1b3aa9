/**
 * Programs that try to break the promises; each prints what it tried and the seed that replays it.
 */
@NullMarked
package dev.cutover.proof;

import org.jspecify.annotations.NullMarked;
