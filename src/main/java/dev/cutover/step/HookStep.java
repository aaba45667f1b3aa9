package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.domain.Hook;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Where;
import dev.cutover.event.StepRef;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs a hook, and its undo when the run reverts.
 *
 * @param number its place among the hooks of the same point, from 1
 */
public record HookStep(RunInfo run, String stage, Hook hook, int number) implements Step {

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

  @Override
  public Deed perform(Member member) {
    return deed(member, hook.run(), "");
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    return hook.undo().map(undo -> deed(member, undo, "-undo")).orElse(Deed.NOTHING);
  }

  private Deed deed(Member member, Command command, String suffix) {
    Map<String, String> environment = new HashMap<>(Environment.of(run, member));
    if (hook.on() == Where.LOCAL) {
      return new Deed.Code(
          bench -> {
            bench.runHere(command, environment);
            return "";
          });
    }
    String name = "hook-" + hook.at().word() + "-" + number + suffix;
    RemotePath directory = directory(member);
    if (hook.at() == Hook.Point.BEFORE_SEAL) {
      environment.put("STAGE_PATH", directory.value());
    }
    return Deed.ops(HostCommands.run(name, command, directory, environment, run));
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
