/** One class a step: how it acts, how it is undone, and how a plan prints it. */
@NullMarked
package dev.cutover.step;

import org.jspecify.annotations.NullMarked;
