/** Maven lives only here: one thin class a goal. */
@NullMarked
package dev.cutover.mojo;

import org.jspecify.annotations.NullMarked;
