package dev.cutover.health;

import dev.cutover.domain.Health;

/**
 * What the checks came to.
 *
 * @param detail for people; when sick, the check that failed last and how, e.g. {@code GET
 *     http://localhost:8080/health answered 503, 12 tries in 60s}
 * @param tries how many rounds were asked
 */
public record HealthVerdict(Health health, String detail, int tries) {}
