package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.domain.Migration;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.JournalEntry.MigrationResult;
import dev.cutover.error.CutoverException;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a migration's {@code up}; when the run reverts, its {@code down} from the release that is
 * leaving. The journal holds the intent before and the result after each.
 */
public record MigrateStep(RunInfo run, Migration migration) implements Step {

  private static final int NOT_APPLIED = 1;

  @Override
  public StepRef ref() {
    return new StepRef("migrate", "migration " + migration.id());
  }

  @Override
  public String does() {
    return (migration.on() == Where.LOCAL ? "run here: " : "run: ") + migration.up().run();
  }

  @Override
  public String undoes() {
    return migration
        .down()
        .map(down -> "run: " + down.run())
        .orElse("nothing: it has no <down>, so the change stays");
  }

  @Override
  public boolean runsOn(Member member) {
    return migration.on() == Where.ALL || member.coordinator();
  }

  @Override
  public Deed perform(Member member) {
    return go(member, Direction.UP, migration.up());
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    if (migration.down().isEmpty()) {
      return new Deed.Code(
          bench -> {
            bench.warn("migration " + migration.id() + " has no <down>: its change stays");
            return "kept";
          });
    }
    Command down = migration.down().get();
    if (cause.completed() || migration.check().isEmpty()) {
      return go(member, Direction.DOWN, down);
    }
    return new Deed.Code(bench -> undoUnlessNotApplied(bench, migration.check().get(), down));
  }

  /** {@code up} stopped somewhere: {@code check} tells whether there is anything to take back. */
  private String undoUnlessNotApplied(Bench bench, Command check, Command down) {
    OpResult checked = last(bench.perform(List.of(command(bench.member(), "check", check))));
    if (checked.status() == NOT_APPLIED) {
      return "not applied";
    }
    Deed undo = go(bench.member(), Direction.DOWN, down);
    if (undo instanceof Deed.Ops deed) {
      OpResult result = last(bench.perform(deed.ops()));
      if (!result.ok()) {
        throw new CutoverException("<down> of migration " + migration.id() + " failed", "");
      }
      return "";
    }
    return ((Deed.Code) undo).work().on(bench);
  }

  private Deed go(Member member, Direction direction, Command command) {
    HostOp intent =
        new HostOp.Append(
            new MigrationIntent(run.runId(), run.subject(), migration.id(), direction));
    HostOp done =
        new HostOp.Append(
            new MigrationResult(run.runId(), run.subject(), migration.id(), direction, 0));
    if (migration.on() == Where.LOCAL) {
      return new Deed.Code(
          bench -> {
            bench.perform(List.of(intent));
            bench.runHere(command, environment(member));
            bench.perform(List.of(done));
            return "";
          });
    }
    String word = direction == Direction.UP ? "up" : "down";
    return Deed.ops(intent, command(member, word, command), done);
  }

  private HostOp.Run command(Member member, String word, Command command) {
    RemotePath directory = member.layout().release(run.subject());
    return HostCommands.run(
        "migration-" + migration.id() + "-" + word, command, directory, environment(member), run);
  }

  private Map<String, String> environment(Member member) {
    Map<String, String> environment = new HashMap<>(Environment.of(run, member));
    environment.put("MIGRATION_ID", migration.id());
    return environment;
  }

  private static OpResult last(List<OpResult> results) {
    return results.get(results.size() - 1);
  }
}
