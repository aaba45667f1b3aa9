package dev.cutover.step;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Identity;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseSpec;
import java.nio.file.Path;

/**
 * What every step of a run may know.
 *
 * @param subject what the run makes, or makes live
 * @param identity of the subject
 * @param directory where commands on this machine start
 */
public record RunInfo(
    String runId,
    Goal goal,
    ReleaseId subject,
    Identity identity,
    ReleaseSpec spec,
    Path directory) {}
