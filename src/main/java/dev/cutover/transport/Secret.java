package dev.cutover.transport;

/** A secret that no log, exception or {@code toString} shows. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The secret itself; hand it on, never keep or print it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "******";
  }
}
