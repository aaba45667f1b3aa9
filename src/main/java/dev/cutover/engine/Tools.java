package dev.cutover.engine;

import dev.cutover.event.DeployListener;
import dev.cutover.step.LocalCommands;
import dev.cutover.step.Probe;
import java.time.Clock;

/** What the engine works with besides the hosts. */
public record Tools(
    DeployListener listener, Clock clock, Probe probe, LocalCommands local, Workers workers) {}
