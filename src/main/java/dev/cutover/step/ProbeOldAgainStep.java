package dev.cutover.step;

import dev.cutover.domain.Health;
import dev.cutover.domain.RemotePath;
import dev.cutover.event.StepRef;
import dev.cutover.health.HealthVerdict;

/**
 * Does nothing on the way forward. Once the migrations after it are taken back, the old release is
 * asked again: what was last heard of it was said of another schema.
 */
public record ProbeOldAgainStep(RunInfo run, Baselines baselines) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("migrate", "probe old again");
  }

  @Override
  public String does() {
    return "nothing";
  }

  @Override
  public String undoes() {
    return "ask the live release by the health checks, without the migrations";
  }

  @Override
  public boolean runsOn(Member member) {
    return baselines.of(member) == Health.HEALTHY;
  }

  @Override
  public Deed perform(Member member) {
    return Deed.NOTHING;
  }

  @Override
  public Deed undo(Member member, Cause cause) {
    return member
        .from()
        .<Deed>map(from -> new Deed.Code(bench -> ask(bench, from)))
        .orElse(Deed.NOTHING);
  }

  private String ask(Bench bench, RemotePath from) {
    HealthVerdict verdict = Questions.ask(bench, run, from);
    if (verdict.health() == Health.SICK) {
      throw new StillSickException(
          "%s is live and was healthy before, but is not now: %s"
              .formatted(from.name(), verdict.detail()));
    }
    return "";
  }
}
