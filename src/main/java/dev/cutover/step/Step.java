package dev.cutover.step;

import dev.cutover.event.StepRef;
import java.util.Optional;

/**
 * One thing a run does, and how it is taken back. A step is data: it says what to do on a member
 * and the engine does it, so that a plan can be printed without being run.
 */
public interface Step {

  StepRef ref();

  /** What it does, for {@code deploy:plan}. */
  String does();

  /** How it is taken back, for {@code deploy:plan}; empty when there is nothing to take back. */
  default String undoes() {
    return "";
  }

  /** Whether this member takes part. */
  default boolean runsOn(Member member) {
    return true;
  }

  Deed perform(Member member);

  /** Whether there is anything to do on this member. */
  default boolean takesPart(Member member) {
    return runsOn(member) && !perform(member).equals(Deed.NOTHING);
  }

  /** What a step remembers of a migration for the outcome: applied, undone, kept or in doubt. */
  String MIGRATED = "migrated";

  /** The migration it is about, if it is. */
  default Optional<String> migrates() {
    return Optional.empty();
  }

  /** Whether it is taken back before {@code current} is put back, rather than after. */
  default boolean undoneFirst() {
    return false;
  }

  /**
   * Takes back whatever {@link #perform} may have done, also when it stopped anywhere within.
   *
   * @param cause why the run reverts
   */
  default Deed undo(Member member, Cause cause) {
    return Deed.NOTHING;
  }

  /**
   * Why a run reverts.
   *
   * @param switched whether the release had gone live anywhere, which makes it REVERTED, not FAILED
   * @param completed whether this very step had been done to its end on this member
   * @param noRoom whether a host had no room left
   */
  record Cause(String why, boolean switched, boolean completed, boolean noRoom) {

    public Cause(String why, boolean switched, boolean completed) {
      this(why, switched, completed, false);
    }

    /** The same, for a step that was done to its end or not. */
    public Cause with(boolean done) {
      return new Cause(why, switched, done, noRoom);
    }
  }
}
