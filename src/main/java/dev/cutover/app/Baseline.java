package dev.cutover.app;

import dev.cutover.domain.Health;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.step.Baselines;
import dev.cutover.step.Member;
import dev.cutover.step.Questions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks how what is live is doing, once, before anything changes. */
final class Baseline {

  private final Wiring wiring;
  private final ReleaseSpec spec;

  Baseline(Wiring wiring, ReleaseSpec spec) {
    this.wiring = wiring;
    this.spec = spec;
  }

  Baselines of(List<Member> members) {
    if (spec.health().checks().isEmpty()) {
      return Baselines.UNKNOWN;
    }
    Map<String, Health> health = new ConcurrentHashMap<>();
    members.parallelStream()
        .forEach(
            member ->
                member
                    .from()
                    .ifPresent(
                        from ->
                            health.put(
                                member.name(),
                                wiring
                                    .tools()
                                    .probe()
                                    .once(
                                        member.host(),
                                        Questions.about(
                                            spec, member.layout(), member.history(), from),
                                        (check, attempt, healthy, detail) -> {})
                                    .health())));
    return new Baselines(health);
  }
}
