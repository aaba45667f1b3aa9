package dev.cutover.step;

import dev.cutover.domain.Layout;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.health.HealthQuestion;
import dev.cutover.health.HealthVerdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the questions asked of a release that is already there. */
public final class Questions {

  private Questions() {}

  /** About the release, or other directory, at {@code path}. */
  public static HealthQuestion about(
      ReleaseSpec spec, Layout layout, HostHistory history, RemotePath path) {
    Optional<ReleaseId> id = layout.releaseAt(path);
    Map<String, String> expansions = new HashMap<>();
    Map<String, String> environment = environment(layout, history, path);
    id.ifPresent(known -> expansions.put("releaseId", known.value()));
    id.flatMap(history::description).ifPresent(known -> expansions.put("version", known.version()));
    return new HealthQuestion(spec.health(), layout, path, environment, expansions);
  }

  /** Asks, until it is decided, how a release, or other directory, at {@code path} is. */
  static HealthVerdict ask(Bench bench, RunInfo run, RemotePath path) {
    Member member = bench.member();
    return bench.probe(about(run.spec(), member.layout(), member.history(), path));
  }

  /** The variables of a command about the release, or other directory, at {@code path}. */
  public static Map<String, String> environment(
      Layout layout, HostHistory history, RemotePath path) {
    Optional<ReleaseId> id = layout.releaseAt(path);
    Map<String, String> environment = new HashMap<>();
    environment.put("DEPLOY_ROOT", layout.root().value());
    environment.put("RELEASE_PATH", path.value());
    environment.put("RELEASE_ID", id.map(ReleaseId::value).orElse(""));
    environment.put("CURRENT_PATH", layout.current().value());
    environment.put("SHARED_PATH", layout.shared().value());
    id.flatMap(history::description)
        .ifPresent(
            known -> {
              environment.put("PROJECT_VERSION", known.version());
              environment.put("REVISION", known.revision());
            });
    return environment;
  }
}
