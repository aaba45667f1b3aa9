package dev.cutover.domain;

/**
 * What is being released, in the words of its project.
 *
 * @param name how the project calls itself, e.g. {@code com.example:shop}
 * @param revision the commit it was built from, or {@code unknown}
 */
public record Identity(String name, String version, String revision) {}
