package dev.cutover.error;

/**
 * How a database stands cannot be told: nothing more is done to it until a person has looked. That
 * it is so is in the journal.
 */
public final class InDoubtException extends CutoverException {
  private static final long serialVersionUID = 1L;
  private final String migration;

  /**
   * Makes one.
   *
   * @param migration the id of the migration
   */
  public InDoubtException(String migration, String happened) {
    super(happened, "");
    this.migration = migration;
  }

  /** The id of the migration. */
  public String migration() {
    return migration;
  }
}
