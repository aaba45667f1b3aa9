/** What happens during a run, as facts without wording. */
@NullMarked
package dev.cutover.event;

import org.jspecify.annotations.NullMarked;
