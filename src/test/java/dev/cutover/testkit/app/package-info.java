/** The sample application, and the requests that release it. */
@NullMarked
package dev.cutover.testkit.app;

import org.jspecify.annotations.NullMarked;
