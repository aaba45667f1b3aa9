package dev.cutover.event;

/**
 * Hears events. Called from several threads, one at a time; never throws into the run and never
 * calls back into it.
 */
@FunctionalInterface
public interface DeployListener {
  void on(DeployEvent event);
}
