/** What the user wrote, as loose beans, and the one way from there to a checked request. */
@NullMarked
package dev.cutover.mojo.config;

import org.jspecify.annotations.NullMarked;
