package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.domain.RemotePath;
import dev.cutover.event.StepRef;
import java.util.Map;

/** Runs {@code <build>} in the staged tree, before it is sealed. */
public record BuildStep(RunInfo run, Command command) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("stage", "build");
  }

  @Override
  public String does() {
    return "run in the staged tree: " + command.run();
  }

  @Override
  public Deed perform(Member member) {
    RemotePath staged = member.layout().staged(run.subject());
    return Deed.ops(
        HostCommands.run(
            run, member, "build", command, staged, Map.of("STAGE_PATH", staged.value())));
  }
}
