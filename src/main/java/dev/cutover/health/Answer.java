package dev.cutover.health;

/** What one check said once. */
record Answer(boolean healthy, String detail) {

  static Answer healthy(String detail) {
    return new Answer(true, detail);
  }

  static Answer sick(String detail) {
    return new Answer(false, detail);
  }
}
