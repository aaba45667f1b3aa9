package filled;

/** Something to compile. */
final class Filled {}
