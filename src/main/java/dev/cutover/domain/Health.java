package dev.cutover.domain;

/** What health checks said. */
public enum Health {
  HEALTHY,
  SICK,
  /** There was nothing to ask, or no check is configured. */
  UNKNOWN
}
