/** Console and JSON: listeners that fold events and can never fail a release. */
@NullMarked
package dev.cutover.report;

import org.jspecify.annotations.NullMarked;
