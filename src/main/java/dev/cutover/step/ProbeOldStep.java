package dev.cutover.step;

import dev.cutover.domain.Health;
import dev.cutover.domain.RemotePath;
import dev.cutover.error.CutoverException;
import dev.cutover.event.StepRef;
import dev.cutover.health.HealthVerdict;

/**
 * Asks the live old release whether it can live with the migrated database, before anything is
 * switched. One that was sick already says nothing about that.
 */
public record ProbeOldStep(RunInfo run, Baselines baselines) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("migrate", "probe old");
  }

  @Override
  public String does() {
    return "ask the live release by the health checks whether it can live with the migrations";
  }

  @Override
  public boolean runsOn(Member member) {
    return baselines.of(member) == Health.HEALTHY;
  }

  @Override
  public Deed perform(Member member) {
    return member
        .from()
        .<Deed>map(from -> new Deed.Code(bench -> ask(bench, from)))
        .orElse(Deed.NOTHING);
  }

  private String ask(Bench bench, RemotePath from) {
    HealthVerdict verdict = Questions.ask(bench, run, from);
    if (verdict.health() == Health.SICK) {
      throw new CutoverException(
          "%s, which is live and was healthy, is not any more with the migrated database: %s"
              .formatted(from.name(), verdict.detail()),
          "");
    }
    return verdict.detail();
  }
}
