/** Several modules in one build: which take part, and when their releases may run. */
@NullMarked
package dev.cutover.mojo.reactor;

import org.jspecify.annotations.NullMarked;
