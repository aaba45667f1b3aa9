package dev.cutover.proof.strace;

/** One case of the grid. */
record Injection(OpCase op, FileCall call, CallFault fault, Sequel sequel) {

  /** What the client does afterwards. */
  enum Sequel {
    /** It performs the same operation again, as after a lost reply. */
    REPEAT,
    /** It is gone too, and another one releases something. */
    TAKEOVER
  }

  @Override
  public String toString() {
    return op + ": " + fault + " at " + call + (sequel == Sequel.TAKEOVER ? ", takeover" : "");
  }
}
