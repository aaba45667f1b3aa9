package dev.cutover.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * Who put what live when.
 *
 * @param from what was live before, a release or a path
 * @param to what the run was about, as far as it got
 * @param outcome empty while the run has no end
 */
public record HistoryLine(
    Instant at,
    String owner,
    String goal,
    Optional<String> from,
    Optional<String> to,
    String version,
    Optional<Outcome> outcome) {}
