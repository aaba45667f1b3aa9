package dev.cutover.engine;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.RemotePath;
import dev.cutover.health.HealthVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the engine ended a run.
 *
 * @param happened what went wrong, a sentence or more; empty when nothing did
 * @param failed the members on which it did, the first one first
 * @param verdicts what the health checks last said, by member name
 * @param notes what became of a member, by name
 * @param decided whether the run's decision stands, and how that is known
 * @param open whether the run was left without an end, for the next goal to settle
 */
public record Ending(
    Outcome outcome,
    String happened,
    List<String> failed,
    Map<String, Asked> verdicts,
    Map<String, String> notes,
    List<MigrationState> migrations,
    Decided decided,
    boolean open) {

  /**
   * What the checks said.
   *
   * @param directory what was asked, a release or what else was live
   */
  public record Asked(RemotePath directory, HealthVerdict verdict) {}

  /** Whether a run has decided: its COMMIT stands on its first member at least. */
  public enum Decided {
    /** It has not, or makes nothing live. */
    NO,
    /** It has; what stands on the members must be read there. */
    YES,
    /** It has, and the only member's own last words tell what stands there. */
    PROVEN
  }

  public Ending {
    failed = List.copyOf(failed);
    verdicts = Map.copyOf(verdicts);
    notes = Map.copyOf(notes);
    migrations = List.copyOf(migrations);
  }

  /** The same, and what else is to be told of migrations. */
  public Ending andMigrations(List<MigrationState> more) {
    List<MigrationState> all = new ArrayList<>(migrations);
    all.addAll(more);
    return new Ending(outcome, happened, failed, verdicts, notes, all, decided, open);
  }

  /** The same, ended otherwise. */
  public Ending with(Outcome other, String what) {
    return new Ending(other, what, failed, verdicts, notes, migrations, decided, open);
  }

  /** The same, of a run that was left without an end. */
  Ending leftOpen() {
    return new Ending(outcome, happened, failed, verdicts, notes, migrations, decided, true);
  }

  /** The same, of a run that has decided. */
  Ending decided(Decided how) {
    return new Ending(outcome, happened, failed, verdicts, notes, migrations, how, open);
  }

  /** The end of a goal that ran no plan. */
  public static Ending withoutPlan(Outcome outcome, String happened) {
    return new Ending(
        outcome, happened, List.of(), Map.of(), Map.of(), List.of(), Decided.NO, false);
  }
}
