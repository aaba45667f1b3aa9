/** The presets with real tools and a real PostgreSQL, by themselves and through the plugin. */
@NullMarked
package dev.cutover.preset;

import org.jspecify.annotations.NullMarked;
