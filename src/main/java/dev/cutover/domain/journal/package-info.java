/** What a host remembers: the records of the journal and the history they fold into. */
@NullMarked
package dev.cutover.domain.journal;

import org.jspecify.annotations.NullMarked;
