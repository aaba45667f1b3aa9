package dev.cutover.step;

import dev.cutover.domain.Health;
import dev.cutover.error.CutoverException;
import dev.cutover.event.StepRef;
import dev.cutover.health.HealthQuestion;
import dev.cutover.health.HealthVerdict;
import java.util.Map;

/** Decides whether the release that was switched to is healthy. */
public record HealthStep(RunInfo run) implements Step {

  @Override
  public StepRef ref() {
    return new StepRef("health", "health");
  }

  @Override
  public String does() {
    int checks = run.spec().health().checks().size();
    return checks == 0
        ? "nothing: no check is configured, the restart's exit status decides"
        : "ask %d checks until %d rounds succeed, for at most %ds"
            .formatted(
                checks, run.spec().health().successes(), run.spec().health().timeout().toSeconds());
  }

  @Override
  public Deed perform(Member member) {
    if (run.spec().health().checks().isEmpty()) {
      return Deed.NOTHING;
    }
    return new Deed.Code(
        bench -> {
          HealthVerdict verdict = bench.probe(question(member));
          if (verdict.health() == Health.SICK) {
            throw new CutoverException(verdict.detail(), "");
          }
          return verdict.detail();
        });
  }

  private HealthQuestion question(Member member) {
    return new HealthQuestion(
        run.spec().health(),
        member.layout(),
        member.layout().release(run.subject()),
        Environment.of(run, member),
        Map.of("releaseId", run.subject().value(), "version", run.identity().version()));
  }
}
