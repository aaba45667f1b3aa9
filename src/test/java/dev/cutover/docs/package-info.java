/** Holds the README and the guide to what the plugin really does. */
@NullMarked
package dev.cutover.docs;

import org.jspecify.annotations.NullMarked;
