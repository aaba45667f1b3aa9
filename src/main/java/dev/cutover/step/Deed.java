package dev.cutover.step;

import dev.cutover.transport.HostOp;
import java.util.List;

/** What a step does on one host. */
public sealed interface Deed {

  Deed NOTHING = new Nothing();

  /** Nothing has to be done here. */
  record Nothing() implements Deed {}

  /** Operations without a decision between them; they travel with those of neighbouring steps. */
  record Ops(List<HostOp> ops) implements Deed {
    public Ops {
      ops = List.copyOf(ops);
    }
  }

  /** Work that needs this side: an upload, a health check, a local command. */
  record Code(Work work) implements Deed {}

  /** The body of a {@link Code} deed. */
  @FunctionalInterface
  interface Work {
    /**
     * Does the work on the host the bench is for.
     *
     * @return a short remark for the report, or the empty string
     * @throws dev.cutover.error.CutoverException when it failed
     */
    String on(Bench bench);
  }

  static Deed ops(HostOp... ops) {
    return new Ops(List.of(ops));
  }
}
