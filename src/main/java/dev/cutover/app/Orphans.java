package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.domain.journal.JournalEntry.MigrationResult;
import dev.cutover.domain.journal.KnownMigration;
import dev.cutover.domain.journal.KnownMigration.State;
import dev.cutover.domain.journal.Run;
import dev.cutover.step.Member;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The commands that runs before this one left on a member. All but a migration's own are ended; a
 * migration is waited for, and how it ended is recorded as its own run would have.
 */
final class Orphans {

  private static final String ENDED = "ended ";
  private static final String UNKNOWN = "unknown ";

  /** A migration whose limit is not known any more is waited for this long, in seconds. */
  private static final long PATIENCE = 3600;

  private final Member member;
  private final ReleaseSpec spec;
  private final Consumer<String> tell;
  private final Map<String, String> found;

  private Orphans(
      Member member, ReleaseSpec spec, Consumer<String> tell, Map<String, String> found) {
    this.member = member;
    this.spec = spec;
    this.tell = tell;
    this.found = found;
  }

  /**
   * Ends what earlier runs left running.
   *
   * @throws Refusal when it could not be ended
   */
  static Orphans end(Member member, ReleaseSpec spec, Consumer<String> tell) {
    OpResult result = last(member, new HostOp.Orphans(), OpListener.SILENT);
    if (!result.ok()) {
      throw new Refusal(
          "%s: commands of an interrupted run could not be ended: %s"
              .formatted(member.name(), result.message().strip()),
          "");
    }
    result
        .values()
        .forEach(
            (command, state) -> {
              if (state.startsWith(UNKNOWN)) {
                tell.accept(
                    ("%s of an interrupted run may still run: the process group %s has its number,"
                            + " and may be another's, so it was left alone; look at it on %s")
                        .formatted(command, state.substring(UNKNOWN.length()), member.name()));
              }
            });
    return new Orphans(member, spec, tell, result.values());
  }

  /**
   * Records how the migrations ended that {@code run} started and has no result of.
   *
   * @throws Refusal when one of them still goes on at its limit
   */
  void conclude(Run run) {
    for (KnownMigration step : run.migrations()) {
      if (step.state() == State.STARTED) {
        status(run, step).ifPresent(status -> record(run, step, status));
      }
    }
  }

  private OptionalInt status(Run run, KnownMigration step) {
    HostOp.Await command =
        new HostOp.Await(run.seq(), name(run, step), run.started().runId(), limit(step));
    String state = found.getOrDefault(command.key(), "gone");
    if (state.startsWith(ENDED)) {
      return exitStatus(state.substring(ENDED.length()));
    }
    return state.equals("running") ? await(command, step) : OptionalInt.empty();
  }

  /** As the step that started it called it. */
  private static String name(Run run, KnownMigration step) {
    boolean ofAnother = run.started().goal() == Goal.ROLLBACK;
    return "migration-%s%s-%s"
        .formatted(step.migration(), ofAnother ? "+" + step.release() : "", word(step));
  }

  private static String word(KnownMigration step) {
    return step.direction().name().toLowerCase(Locale.ROOT);
  }

  private OptionalInt await(HostOp.Await command, KnownMigration step) {
    tell.accept(
        "waiting for the <%s> of migration %s, which the interrupted run started and which still runs"
            .formatted(word(step), step.migration()));
    OpResult result = last(member, command, OpListener.SILENT);
    String exit = result.value("exit");
    if (exit.isEmpty() && result.status() == OpResult.TIMED_OUT) {
      throw new Refusal(
          "%s: migration %s of an interrupted run still runs; it was not started again"
              .formatted(member.name(), step.migration()),
          "end it, or wait for it, then the same goal again");
    }
    return exitStatus(exit);
  }

  /** Empty where a host says something else: how the command ended is not known then. */
  private static OptionalInt exitStatus(String text) {
    String digits = text.strip();
    return digits.matches("\\d{1,3}")
        ? OptionalInt.of(Integer.parseInt(digits))
        : OptionalInt.empty();
  }

  private long limit(KnownMigration step) {
    return spec.migrations().stream()
        .filter(migration -> migration.id().equals(step.migration()))
        .map(
            migration ->
                switch (step.direction()) {
                  case UP -> Optional.of(migration.up());
                  case DOWN -> migration.down();
                  case RESTORE -> migration.restore();
                })
        .flatMap(Optional::stream)
        .findFirst()
        .map(command -> command.timeout().toSeconds())
        .orElse(PATIENCE);
  }

  private void record(Run run, KnownMigration step, int status) {
    last(
        member,
        new HostOp.Append(
            new MigrationResult(
                run.started().runId(), step.release(), step.migration(), step.direction(), status)),
        OpListener.SILENT);
  }

  private static OpResult last(Member member, HostOp op, OpListener listener) {
    List<OpResult> results = member.perform(List.of(op), listener);
    return results.get(results.size() - 1);
  }
}
