package dev.cutover.app;

import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Layout;
import dev.cutover.domain.Problem;
import dev.cutover.health.HealthPreflight;
import dev.cutover.health.HealthProber;
import dev.cutover.health.HealthQuestion;
import dev.cutover.health.HealthVerdict;
import dev.cutover.step.Probe;
import dev.cutover.step.Verdict;
import dev.cutover.transport.Host;
import java.util.List;

/** Joins the health checks to the steps that ask for them. */
public final class HealthProbes implements Probe, Checkable {

  private final HealthProber prober;

  public HealthProbes(HealthProber prober) {
    this.prober = prober;
  }

  @Override
  public Verdict untilDecided(Host host, Layout layout, Question question, Attempts attempts) {
    return verdict(prober.untilDecided(host, asked(layout, question), heard(attempts)));
  }

  @Override
  public Verdict once(Host host, Layout layout, Question question, Attempts attempts) {
    return verdict(prober.once(host, asked(layout, question), heard(attempts)));
  }

  @Override
  public List<String> problems(HealthPolicy policy, Host host, Layout layout) {
    return HealthPreflight.problems(policy, host, layout).stream().map(Problem::toString).toList();
  }

  private static HealthQuestion asked(Layout layout, Question question) {
    return new HealthQuestion(
        question.policy(),
        layout,
        question.directory(),
        question.environment(),
        question.expansions());
  }

  private static dev.cutover.health.Attempts heard(Attempts attempts) {
    return (check, attempt, healthy, detail) ->
        attempts.answered(check.label(), attempt, healthy, detail);
  }

  private static Verdict verdict(HealthVerdict verdict) {
    return new Verdict(verdict.health(), verdict.detail());
  }
}
