package dev.cutover.domain;

/** What to look at on a host besides its own state. */
public record FactsQuery(Target.Root root, Shared shared) {}
