/** What the projects in {@code src/it} need around them: servers, and eyes on a release root. */
@NullMarked
package dev.cutover.it;

import org.jspecify.annotations.NullMarked;
