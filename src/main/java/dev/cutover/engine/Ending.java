package dev.cutover.engine;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport.MigrationState;
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
 * @param open whether the run was left without an end, for the next goal to settle
 */
public record Ending(
    Outcome outcome,
    String happened,
    List<String> failed,
    Map<String, HealthVerdict> verdicts,
    Map<String, String> notes,
    List<MigrationState> migrations,
    boolean open) {

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
    return new Ending(outcome, happened, failed, verdicts, notes, all, open);
  }

  /** The same, of a run that was left without an end. */
  Ending leftOpen() {
    return new Ending(outcome, happened, failed, verdicts, notes, migrations, true);
  }

  /** The end of a goal that ran no plan. */
  public static Ending withoutPlan(Outcome outcome, String happened) {
    return new Ending(outcome, happened, List.of(), Map.of(), Map.of(), List.of(), false);
  }
}
