package dev.cutover.engine;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.health.HealthVerdict;
import java.util.List;
import java.util.Map;

/**
 * How the engine ended a run.
 *
 * @param happened what went wrong, a sentence or more; empty when nothing did
 * @param verdicts what the health checks last said, by member name
 * @param notes what became of a member, by name
 */
public record Ending(
    Outcome outcome,
    String happened,
    Map<String, HealthVerdict> verdicts,
    Map<String, String> notes,
    List<MigrationState> migrations) {

  public Ending {
    verdicts = Map.copyOf(verdicts);
    notes = Map.copyOf(notes);
    migrations = List.copyOf(migrations);
  }

  /** The end of a goal that ran no plan. */
  public static Ending withoutPlan(Outcome outcome, String happened) {
    return new Ending(outcome, happened, Map.of(), Map.of(), List.of());
  }
}
