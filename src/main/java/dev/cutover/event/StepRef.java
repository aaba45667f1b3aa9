package dev.cutover.event;

/**
 * A step as reports name it.
 *
 * @param stage the stage it belongs to, e.g. {@code switch}
 * @param name unique within the plan, e.g. {@code switch}, {@code hook before-switch 1}
 */
public record StepRef(String stage, String name) {}
