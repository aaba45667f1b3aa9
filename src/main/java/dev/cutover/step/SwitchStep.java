package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.event.StepRef;
import dev.cutover.health.HealthVerdict;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.Obstacle;
import dev.cutover.transport.OpResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Points {@code current} at the release and restarts. Flip and restart are one step, so that taking
 * it back is whole: flip back to FROM, restart, ask FROM's health.
 *
 * @param watched whether a watchdog on the host does that when this side is not heard of any more
 */
public record SwitchStep(RunInfo run, Baselines baselines, boolean watched) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("switch", "switch");
  }

  @Override
  public String does() {
    String arm =
        watched ? "arm the watchdog (%ds), ".formatted(run.spec().watchdogGrace().toSeconds()) : "";
    return "%spoint current at releases/%s%s".formatted(arm, run.subject(), thenRestart());
  }

  @Override
  public String undoes() {
    return "point current back (first release: remove it)" + thenRestart() + ", ask its health";
  }

  private String thenRestart() {
    return run.spec().restart().map(restart -> ", run: " + restart.run()).orElse("");
  }

  @Override
  public Deed perform(Member member) {
    RemotePath release = member.layout().release(run.subject());
    Optional<ReleaseId> goesLive =
        run.goal() == Goal.ROLLBACK || run.goal() == Goal.RESTORE
            ? Optional.empty()
            : Optional.of(run.subject());
    List<HostOp> ops = new ArrayList<>();
    if (watched) {
      ops.add(arm(member, release));
    }
    ops.add(new HostOp.Switch(run.runId(), release, member.from(), goesLive));
    run.spec()
        .restart()
        .ifPresent(
            restart ->
                ops.add(HostCommands.run(run, member, "restart", restart, release, Map.of())));
    return new Deed.Ops(ops);
  }

  /** What it would do is what {@link #undo} does, but for asking the health. */
  private HostOp arm(Member member, RemotePath release) {
    RemotePath back = member.from().orElse(release);
    return new HostOp.Arm(
        run.runId(),
        release,
        member.from(),
        run.spec()
            .restart()
            .map(restart -> restartBack(restart, back, environmentOf(member, back)).command()),
        run.spec().watchdogGrace().toSeconds());
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    return new Deed.Code(
        bench ->
            member
                .from()
                .map(from -> goBack(bench, from))
                .orElseGet(() -> leaveNothingLive(bench)));
  }

  private String goBack(Bench bench, RemotePath from) {
    Member member = bench.member();
    RemotePath left = member.layout().release(run.subject());
    List<HostOp> ops = new ArrayList<>();
    ops.add(new HostOp.Switch(run.runId(), from, Optional.of(left), Optional.empty()));
    Map<String, String> environment = environmentOf(member, from);
    run.spec().restart().ifPresent(restart -> ops.add(restartBack(restart, from, environment)));
    ops.add(new HostOp.Disarm());
    List<OpResult> results = bench.perform(ops);
    String damage = damage(bench, from);
    require(results, ops);
    HealthVerdict verdict = Questions.ask(bench, run, from);
    if (verdict.health() != Health.SICK) {
      return "back on " + from.name() + damage;
    }
    if (baselines.of(member) == Health.SICK) {
      return "back on " + from.name() + ", which was unhealthy before" + damage;
    }
    throw new StillSickException(
        "%s is back and was healthy before, but is not now: %s%s"
            .formatted(from.name(), verdict.detail(), damage));
  }

  /** Nothing else can be gone back to: who gets it damaged is told so, not kept from it. */
  private static String damage(Bench bench, RemotePath from) {
    Member member = bench.member();
    String damage =
        member.layout().releaseAt(from).map(id -> Wholeness.of(member, id).damage()).orElse("");
    if (damage.isEmpty()) {
      return "";
    }
    bench.warn(
        "what is live again, %s, is not as it was sealed: %s".formatted(from.name(), damage));
    return ", which is not as it was sealed: " + damage;
  }

  /** A first release failed: nothing is live, and the restart's status says nothing. */
  private String leaveNothingLive(Bench bench) {
    Member member = bench.member();
    RemotePath left = member.layout().release(run.subject());
    List<HostOp> remove = List.of(new HostOp.RemoveCurrent(run.runId(), left));
    require(bench.perform(remove), remove);
    run.spec()
        .restart()
        .ifPresent(
            restart -> require(bench, restartBack(restart, left, Environment.of(run, member))));
    bench.perform(List.of(new HostOp.Disarm()));
    return "nothing is live";
  }

  /** With nothing live a restart may well fail; but it must have been tried. */
  private static void require(Bench bench, HostOp.Run restart) {
    List<OpResult> results = bench.perform(List.of(restart));
    if (results.get(0).unstarted()) {
      require(results, List.of(restart));
    }
  }

  private HostOp.Run restartBack(
      Command restart, RemotePath directory, Map<String, String> environment) {
    return HostCommands.run("restart-back", restart, directory, environment, run);
  }

  private Map<String, String> environmentOf(Member member, RemotePath from) {
    return member
        .layout()
        .releaseAt(from)
        .map(id -> Environment.of(run, member, id))
        .orElseGet(() -> Environment.of(run, member));
  }

  private static String how(OpResult ran) {
    return ran.status() == OpResult.TIMED_OUT ? "did not end" : "exited " + ran.status();
  }

  private static void require(List<OpResult> results, List<HostOp> ops) {
    OpResult last = results.get(results.size() - 1);
    if (!last.ok()) {
      boolean ran = ops.get(results.size() - 1) instanceof HostOp.Run;
      if (ran && last.unstarted()) {
        throw Obstacle.fault("the restart could not be started: " + last.message(), last);
      }
      throw ran
          ? Obstacle.failure("the restart " + how(last) + ": " + last.message(), last)
          : Obstacle.fault("current could not be put back: " + last.message(), last);
    }
  }
}
