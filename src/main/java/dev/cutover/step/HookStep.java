package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.domain.Hook;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Where;
import dev.cutover.domain.journal.JournalEntry.StepBegan;
import dev.cutover.domain.journal.JournalEntry.StepUndone;
import dev.cutover.event.StepRef;
import dev.cutover.transport.HostOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs a hook, and its undo when the run reverts.
 *
 * @param number its place among the hooks of the same point, from 1
 */
public record HookStep(RunInfo run, String stage, Hook hook, int number) implements Step {

  private static final String UNDO = "-undo";

  @Override
  public StepRef ref() {
    return new StepRef(stage, "hook " + hook.at().word() + " " + number);
  }

  @Override
  public String does() {
    return (hook.on() == Where.LOCAL ? "run here: " : "run: ") + hook.run().run();
  }

  @Override
  public String undoes() {
    return hook.undo().map(undo -> "run: " + undo.run()).orElse("");
  }

  @Override
  public boolean runsOn(Member member) {
    return hook.on() == Where.ALL || member.coordinator();
  }

  /** The hooks that stand at a point, in the order they were written. */
  public static List<HookStep> at(RunInfo run, String stage, Hook.Point point) {
    List<HookStep> steps = new ArrayList<>();
    for (Hook hook : run.spec().hooksAt(point)) {
      steps.add(new HookStep(run, stage, hook, steps.size() + 1));
    }
    return steps;
  }

  @Override
  public Deed perform(Member member) {
    Optional<HostOp> before =
        hook.undo().map(undo -> new HostOp.Append(new StepBegan(run.runId(), ref().name())));
    return deed(member, hook.run(), "", before, Optional.empty());
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    HostOp after = new HostOp.Append(new StepUndone(run.runId(), ref().name()));
    return hook.undo()
        .map(undo -> deed(member, undo, UNDO, Optional.empty(), Optional.of(after)))
        .orElse(Deed.NOTHING);
  }

  /** The command, between what is written down before and after it. */
  private Deed deed(
      Member member,
      Command command,
      String suffix,
      Optional<HostOp> before,
      Optional<HostOp> after) {
    Map<String, String> environment = new HashMap<>(Environment.of(run, member));
    if (hook.on() == Where.LOCAL) {
      return new Deed.Code(
          bench -> {
            before.ifPresent(op -> bench.perform(List.of(op)));
            bench.runHere(command, environment);
            after.ifPresent(op -> bench.perform(List.of(op)));
            return "";
          });
    }
    String name = "hook-" + hook.at().word() + "-" + number + suffix;
    RemotePath directory = directory(member);
    if (hook.at() == Hook.Point.BEFORE_SEAL) {
      environment.put("STAGE_PATH", directory.value());
    }
    HostOp.Run run = HostCommands.run(name, command, directory, environment, this.run);
    if (suffix.equals(UNDO)) {
      run = new HostOp.Run(run.command().undoing(), run.runId());
    }
    return new Deed.Ops(
        Stream.of(before, Optional.<HostOp>of(run), after).flatMap(Optional::stream).toList());
  }

  /** After a revert the release is in quarantine, so its hooks start where the live one is. */
  private RemotePath directory(Member member) {
    if (hook.at() == Hook.Point.BEFORE_SEAL) {
      return member.layout().staged(run.subject());
    }
    return hook.at() == Hook.Point.AFTER_REVERT
        ? member.from().orElse(member.layout().root())
        : member.layout().release(run.subject());
  }
}
