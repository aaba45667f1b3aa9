/** What becomes of a real PostgreSQL when a release that migrates it is broken. */
@NullMarked
package dev.cutover.proof.database;

import org.jspecify.annotations.NullMarked;
