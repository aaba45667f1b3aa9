/**
 * The sample application, the requests that release it, and the whole product over hosts in memory.
 */
@NullMarked
package dev.cutover.testkit.app;

import org.jspecify.annotations.NullMarked;
