package dev.cutover.app;

import dev.cutover.domain.Target;
import dev.cutover.domain.Targets;
import dev.cutover.domain.journal.Run;
import java.util.List;

/** The members of a past run that are not among the targets now. */
final class Absent {

  private Absent() {}

  /** Their urls, as that run knew them; a root that only moved on its host is not gone. */
  static List<String> of(Run run, List<Target> targets) {
    return run.started().members().stream()
        .filter(url -> targets.stream().noneMatch(target -> Targets.same(url, target)))
        .filter(url -> !hasMoved(url, run, targets))
        .toList();
  }

  private static boolean hasMoved(String url, Run run, List<Target> targets) {
    String machine = Targets.machine(url);
    long then =
        run.started().members().stream()
            .filter(member -> Targets.machine(member).equals(machine))
            .count();
    long now =
        targets.stream().filter(target -> Targets.machine(target.url()).equals(machine)).count();
    return now >= then;
  }
}
