/** Links that are long, slow, cut or silent. */
@NullMarked
package dev.cutover.testkit.link;

import org.jspecify.annotations.NullMarked;
