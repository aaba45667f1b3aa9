/** The build extension: makes {@code mvn deploy:release} mean this plugin and build first. */
@NullMarked
package dev.cutover.mojo.extension;

import org.jspecify.annotations.NullMarked;
