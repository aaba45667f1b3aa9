package dev.cutover.domain;

import java.util.Optional;

/**
 * A change to a database that comes with a release.
 *
 * @param up applies the change
 * @param down takes it back; without it the change stays when the release reverts
 * @param check exit 0: applied, 1: not applied, 2: partly
 */
public record Migration(
    String id, Command up, Optional<Command> down, Optional<Command> check, Where on) {}
