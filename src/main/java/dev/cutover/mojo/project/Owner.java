package dev.cutover.mojo.project;

import dev.cutover.domain.LockToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who runs a goal and where, for people who find its lock: the person and the job that a CI server
 * names, else the user and the machine. It is shown, and nothing is ever decided by it.
 */
public final class Owner {

  /**
   * What a CI server says in the environment.
   *
   * @param job the variable that tells it apart from other servers, and a job from others
   * @param prefix before the job's value
   * @param person the variable that names who started it
   */
  private record Server(String job, String prefix, String person) {}

  private static final List<Server> SERVERS =
      List.of(
          new Server("GITHUB_RUN_ID", "github-run-", "GITHUB_ACTOR"),
          new Server("CI_JOB_ID", "gitlab-job-", "GITLAB_USER_LOGIN"),
          new Server("BUILD_TAG", "", "BUILD_USER_ID"));

  private Owner() {}

  /** In the form of a lock: {@code person@place}. */
  public static String of(Map<String, String> environment, String user, String machine) {
    return SERVERS.stream()
        .filter(server -> value(environment, server.job()).isPresent())
        .findFirst()
        .map(
            server ->
                value(environment, server.person()).orElse(user)
                    + "@"
                    + server.prefix()
                    + value(environment, server.job()).orElse(""))
        .map(LockToken::safeOwner)
        .orElseGet(() -> LockToken.safeOwner(user + "@" + machine));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
