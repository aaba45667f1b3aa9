/** Pure functions from a request and the hosts facts to a literal list of stages and steps. */
@NullMarked
package dev.cutover.plan;

import org.jspecify.annotations.NullMarked;
