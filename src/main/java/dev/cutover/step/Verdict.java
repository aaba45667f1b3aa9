package dev.cutover.step;

import dev.cutover.domain.Health;

/**
 * What the health checks came to.
 *
 * @param detail why, in a few words, e.g. {@code GET http://localhost/health answered 503, 12 tries
 *     in 60s}
 */
public record Verdict(Health health, String detail) {}
