package dev.cutover.proof.memory;

import java.time.Instant;

/**
 * A command of the user's that runs on a machine, detached from whoever started it.
 *
 * @param directory where its supervisor keeps what it knows, relative to the root
 * @param text what the user wrote
 * @param cwd the working directory, relative to the root
 * @param release the release it is about
 * @param seq of the token it was started under
 */
record Job(
    String directory,
    String name,
    String text,
    String cwd,
    String release,
    long seq,
    Instant ends) {}
