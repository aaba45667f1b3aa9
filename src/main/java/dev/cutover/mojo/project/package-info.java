/** What Maven knows of a module, its settings and its session, in our words. */
@NullMarked
package dev.cutover.mojo.project;

import org.jspecify.annotations.NullMarked;
