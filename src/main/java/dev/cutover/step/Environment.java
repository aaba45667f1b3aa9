package dev.cutover.step;

import dev.cutover.domain.Layout;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The variables the user's commands see. */
final class Environment {

  private Environment() {}

  /** For a command about the run's own release. */
  static Map<String, String> of(RunInfo run, Member member) {
    return of(run, member, run.subject(), run.identity().version(), run.identity().revision());
  }

  /** For a command about the release at {@code live}, e.g. when a revert restarts the old one. */
  static Map<String, String> of(RunInfo run, Member member, ReleaseId live) {
    return member
        .history()
        .description(live)
        .map(known -> of(run, member, live, known.version(), known.revision()))
        .orElseGet(() -> of(run, member, live, "", ""));
  }

  private static Map<String, String> of(
      RunInfo run, Member member, ReleaseId id, String version, String revision) {
    Layout layout = member.layout();
    Optional<RemotePath> previous = member.from();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("DEPLOY_ROOT", layout.root().value());
    variables.put("RELEASE_ID", id.value());
    variables.put("RELEASE_PATH", layout.release(id).value());
    variables.put(
        "PREVIOUS_RELEASE_ID",
        previous.flatMap(layout::releaseAt).map(ReleaseId::value).orElse(""));
    variables.put("PREVIOUS_RELEASE_PATH", previous.map(RemotePath::value).orElse(""));
    variables.put("CURRENT_PATH", layout.current().value());
    variables.put("SHARED_PATH", layout.shared().value());
    variables.put("DEPLOY_HOST", member.host().target().host());
    variables.put("DEPLOY_GOAL", run.goal().word());
    variables.put("PROJECT_VERSION", version);
    variables.put("REVISION", revision);
    return variables;
  }
}
