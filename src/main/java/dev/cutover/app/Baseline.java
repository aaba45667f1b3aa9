package dev.cutover.app;

import dev.cutover.domain.Health;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.step.Baselines;
import dev.cutover.step.Member;
import dev.cutover.step.Questions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

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
    ExecutorService pool = wiring.tools().workers().open(members.size());
    try {
      CompletableFuture.allOf(
              members.stream()
                  .map(member -> CompletableFuture.runAsync(() -> ask(member, health), pool))
                  .toArray(CompletableFuture[]::new))
          .join();
    } catch (CompletionException e) {
      throw Fleet.asCutover(e);
    } finally {
      pool.shutdown();
    }
    return new Baselines(health);
  }

  private void ask(Member member, Map<String, Health> health) {
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
                            Questions.about(spec, member.layout(), member.history(), from),
                            (check, attempt, healthy, detail) -> {})
                        .health()));
  }
}
