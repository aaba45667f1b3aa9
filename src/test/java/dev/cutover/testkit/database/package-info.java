/** A real PostgreSQL, and a sample project for each migration tool. */
@NullMarked
package dev.cutover.testkit.database;

import org.jspecify.annotations.NullMarked;
