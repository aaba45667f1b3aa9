/** What tests upload to hosts, and how they look at what is there. */
@NullMarked
package dev.cutover.testkit.host;

import org.jspecify.annotations.NullMarked;
