package dev.cutover.domain;

import java.time.Duration;

/**
 * A command line of the user's, run by {@code sh} on a host or on this machine.
 *
 * @param run the text given to the shell, verbatim
 * @param timeout after which its whole process group is ended
 */
public record Command(String run, Duration timeout) {}
