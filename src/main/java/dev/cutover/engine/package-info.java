/** Runs a plan: fan-out over hosts, write-ahead journal, undo, outcome. */
@NullMarked
package dev.cutover.engine;

import org.jspecify.annotations.NullMarked;
